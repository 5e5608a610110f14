"""The codes in which things are counted: bands and groups, coarse enough that none of them is a person."""

KINDS = ("consultation", "unmet", "group")
"""Somebody was helped; somebody asked for what nobody here could give; a group met."""

INTERPRETATIONS = ("none", "in-house", "phone", "relative")
VISIT_KINDS = ("first", "return")
SEXES = ("f", "m", "x")
AGE_BANDS = ("0-17", "18-29", "30-59", "60+")
WAITING_BANDS = ("0-15", "16-30", "31-60", "60+")
OUTCOMES = ("solved", "next-step", "referred", "not-helped")

BANDS = {
    "interpretation": INTERPRETATIONS,
    "visit_kind": VISIT_KINDS,
    "sex": SEXES,
    "age_band": AGE_BANDS,
    "waiting_band": WAITING_BANDS,
    "outcome": OUTCOMES,
}
"""What may be asked beside service and language, with its answers; none has to be."""

REASONS = ("undone", "mistake", "twice", "other")
"""Why an entry is taken back: at once by whoever made it; something in it was wrong; it was counted twice; else."""

REFERRAL_STATES = ("given", "arrived", "closed")
REFERRAL_ENDS = ("helped", "not-helped", "never-came", "not-needed")
