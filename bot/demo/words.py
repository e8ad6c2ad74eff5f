"""What the people of the demo are called and what they type, in the languages they speak."""

BOT_NAME = "Сводка"
EDITOR = "Вера"
ANNA = "Анна"
TIMUR = "Тимур"
OLIVER = "Oliver"

CITY = "Город"  # the rubric that the tour's editor files everything under
SPORT = "Спорт"
CULTURE = "Культура"
ANNA_LEAVES_OUT = (SPORT,)
TIMUR_KEEPS = (CITY, SPORT)

TIMURS_CITY = "Екатеринбург"
OLIVERS_CITY = "London"
CHANNEL = "Речпорт Сольвинска"
NEIGHBOUR = "Верховежские вести"
SEARCHED = "Лоцманский мост"  # half a dozen articles of the paper have these words side by side
