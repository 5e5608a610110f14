"""The application as servers and the ``flask`` command import it."""

import gc

from dotenv import load_dotenv

load_dotenv()

import config  # noqa: E402  (the settings are read from the environment that .env completes)
from bureau.app import create_app  # noqa: E402

app = create_app(config.from_environment())

# What was made by now stays as long as the process: looking through it for garbage again and again would keep whoever
# asks at that moment waiting a tenth of a second.
gc.freeze()
