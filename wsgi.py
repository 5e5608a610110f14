"""The application as servers and the ``flask`` command import it."""

import gc

gc.disable()  # what is made while starting stays: a sixth of the start was looking through it for garbage

from dotenv import load_dotenv  # noqa: E402

load_dotenv()

import config  # noqa: E402  (the settings are read from the environment that .env completes)
from bureau.app import create_app  # noqa: E402

app = create_app(config.from_environment())

# What was made by now stays as long as the process: looking through it for garbage again and again would keep whoever
# asks at that moment waiting a tenth of a second.
gc.freeze()
gc.enable()
