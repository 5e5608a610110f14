"""What the solver calls organisations and workers, in words that the reader may see."""

from flask_babel import gettext

from bureau.rotation import queries
from bureau.web.languages import current_language

from .whose import scope_here


def names_here(bureau: str) -> dict[str, str]:
    """By the solver's name. Of people whom the reader may not know, the organisation."""
    language, found = current_language(), {}
    for name, (organisation, worker) in queries.team_names(bureau, scope_here(bureau, acting=True)).items():
        whose = organisation.in_(language)
        found[name] = gettext("%(organisation)s: %(worker)s", organisation=whose, worker=worker) if worker else whose
    return found
