"""Who may take the verbs of an office, by their roles."""

from typing import Final

from accounts.models import BAILIFF, HEAD, REGISTRAR, SENIOR_BAILIFF

#: Who carries enforcement out.
BAILIFFS: Final = frozenset({BAILIFF, SENIOR_BAILIFF, HEAD})
#: Who approves, consents and annuls.
SENIORS: Final = frozenset({SENIOR_BAILIFF, HEAD})
#: Who registers what comes in.
REGISTERING: Final = BAILIFFS | {REGISTRAR}
