"""What holds for all tests: a slow or busy machine fails none of them."""

from hypothesis import HealthCheck, settings

import bot  # noqa: F401 - before any test imports aiogram, as in the program

settings.register_profile("busy machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("busy machine")
