"""A calendar feed as ical.js reads it, the library in many calendar programs."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = next((Path(__file__).parent / "vendor").glob("ical.js@*/ical.js")).read_text()
READ = """(text) => {
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
  return calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component);
    return {
      uid: event.uid, summary: event.summary, sequence: event.sequence,
      status: component.getFirstPropertyValue("status"),
      starts: event.startDate.toJSDate().toISOString(), ends: event.endDate.toJSDate().toISOString(),
    };
  });
}"""


def events(page: Page, feed: str) -> list[dict[str, Any]]:
    """uid, summary, sequence, status and the instants of every event in ``feed``; ``page`` is left on an empty page."""
    page.goto("about:blank")
    page.add_script_tag(content=f"{SCRIPT}\nwindow.ICAL = ICALmodule;", type="module")
    page.wait_for_function("() => 'ICAL' in window")
    read: list[dict[str, Any]] = page.evaluate(READ, feed)
    return read
