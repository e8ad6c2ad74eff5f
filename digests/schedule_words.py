"""Words around a typed time of day, Russian and English, in lower case."""

AROUND = frozenset(["в", "к", "на", "ч", "час", "часа", "часов", "мин", "минут", "at", "o'clock"])
BEFORE_NOON = frozenset(["утра", "ночи", "am", "a.m."])
AFTER_NOON = frozenset(["дня", "вечера", "pm", "p.m."])
