"""Templates are compiled once, not once in each process."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bureau.web.templates import keep_compiled


def test_a_template_is_compiled_for_the_processes_to_come_and_anew_when_its_text_is_another(tmp_path: Path) -> None:
    page, kept = tmp_path / "page.html", tmp_path / "compiled"

    def shown(text: str) -> str:
        page.write_text(text)
        environment = Environment(loader=FileSystemLoader(tmp_path), autoescape=True)
        keep_compiled(environment, kept)
        return environment.get_template("page.html").render()

    said = [shown("{{ 1 + 1 }}")]
    (file,) = (path for path in kept.rglob("*") if path.is_file())
    written = file.stat().st_mtime_ns
    said.append(shown("{{ 1 + 1 }}"))
    again = file.stat().st_mtime_ns
    said.append(shown("{{ 1 + 2 }}"))

    assert said == ["2", "2", "3"]
    assert again == written
    assert file.stat().st_mtime_ns != written
    assert kept.stat().st_mode & 0o022 == 0
