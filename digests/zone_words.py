"""Words around a city or an offset that name no place by themselves; in lower case, ё as е."""

# Dropped from the head of what was typed: «г. Казань», «по Москве», "city of Omsk".
LEADING = frozenset(["г", "гор", "город", "в", "во", "по", "из", "я", "мы", "живу", "city", "of", "in", "time"])

# An offset from these is an offset from Moscow, as timetables in Russia write it: «МСК+2».
MOSCOW = frozenset(["мск", "msk", "москва", "moscow", "московское"])
