"""A kind of notice that only the tests know."""

from bureau.notices.domain import kinds

kinds.register("test.happened", lambda values: f"{values['what']} happened")
