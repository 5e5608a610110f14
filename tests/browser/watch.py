"""What a page must not do: err, break its own security policy, fail to load a part, ask another server."""

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """Collects the troubles of the pages that it follows."""

    def __init__(self) -> None:
        """Nothing seen, nothing expected."""
        self.troubles: list[str] = []
        self.expected: list[str] = []

    def follow(self, page: Page, origin: str) -> None:
        """Listen to ``page``; every request that does not go to ``origin`` is a trouble."""

        def asked(request: Request) -> None:
            if not request.url.startswith((f"{origin}/", "data:", "blob:", "about:")):
                self.troubles.append(f"asked a stranger: {request.url}")

        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.troubles.append(f"console: {message.text} ({message.location.get('url', '')})")

        page.on("request", asked)
        page.on("console", said)
        page.on("pageerror", lambda error: self.troubles.append(f"script: {error}"))

    def expect(self, words: str) -> None:
        """A trouble that contains ``words`` is part of this test."""
        self.expected.append(words)

    def unexpected(self) -> list[str]:
        """The troubles that nobody expected."""
        return [trouble for trouble in self.troubles if not any(words in trouble for words in self.expected)]
