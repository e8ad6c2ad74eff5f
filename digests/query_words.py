"""Words with which readers narrow a search, in Russian and English, and what a keyboard in the wrong layout makes.

Patterns match lower-case text without yo.
"""

RUBRIC = r"(?<![^\W_])(?:рубрик[аи]|rubric)\s*:\s*"

_MONTHS = (
    "января|january|jan",
    "февраля|february|feb",
    "марта|march|mar",
    "апреля|april|apr",
    "мая|may",
    "июня|june|jun",
    "июля|july|jul",
    "августа|august|aug",
    "сентября|september|sep",
    "октября|october|oct",
    "ноября|november|nov",
    "декабря|december|dec",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}

# A date: a day and a month, either first in English, or numbers; perhaps with a year.
_NAMES = "|".join(MONTHS)
DATE = (
    rf"(?:(?P<{{0}}day>\d{{{{1,2}}}})(?:-?го)?\s+(?P<{{0}}month>{_NAMES})"
    rf"|(?P<{{0}}month2>{_NAMES})\s+(?P<{{0}}day2>\d{{{{1,2}}}})"
    r"|(?P<{0}day3>\d{{1,2}})\.(?P<{0}month3>\d{{1,2}}))"
    r"(?:[\s.,]\s*(?P<{0}year>(?:19|20)\d\d)(?:\s*г(?:\.|ода)?)?)?(?![^\W_])"
)
SINCE = r"(?<![^\W_])(?:с|со|since|from)\s+"
UNTIL = r"(?<![^\W_])(?:по|до|until|till)\s+"

# The whole words of a period; the name is digests.periods.Period's.
PERIODS = {
    "today": r"(?:(?:за|период:)\s*)?сегодня|за\s+(?:день|сутки)|(?:period:\s*)?today",
    "yesterday": r"(?:за\s+)?вчера|yesterday",
    "week": (
        r"за\s+(?:последн\w+\s+|эту\s+)?неделю|на\s+этой\s+неделе|период:\s*неделя"
        r"|(?:this|past|last)\s+week|period:\s*week"
    ),
    "month": (
        r"за\s+(?:последн\w+\s+|этот\s+)?месяц|в\s+этом\s+месяце|период:\s*месяц"
        r"|(?:this|past|last)\s+month|period:\s*month"
    ),
    "year": (
        r"за\s+(?:последн\w+\s+|этот\s+)?год|в\s+этом\s+году|период:\s*год"
        r"|(?:this|past|last)\s+year|period:\s*year"
    ),
}

ALPHABETS = ("абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz")
LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
CYRILLIC_KEYS = "ёйцукенгшщзхъфывапролджэячсмитьбю"

# Forms of one word that the stemmer tells apart: semicolons between words.
FORMS = """
    день дня дню днем дне дни дней дням днями днях; деньги денег деньгам деньгами деньгах;
    письмо письма писем; число числа чисел; окно окна окон; земля земли земель; отец отца отцу отцом отцы отцов;
    сестра сестры сестер; любовь любви любовью; церковь церкви церквей церковью; лед льда льду льдом льды;
    рот рта; лоб лба; огонь огня огнем огни; ветер ветра ветром ветры; камень камня камни;
    корень корня корни; уголь угля углем; уровень уровня уровни;
    ребенок ребенка дети детей детям детьми; человек человека люди людей людям людьми;
    боец бойца бойцы; копейка копейки копеек; стройка стройки строек;
    время времени времена времен; мать матери матерей; дочь дочери дочерей; тюрьма тюрьмы тюрем;
    свадьба свадьбы свадеб; ведро ведра ведер; кресло кресла кресел;
    масло масла масел; стекло стекла стекол; ядро ядра ядер; сын сына сыновья сыновей;
    башня башни башен; сотня сотни сотен; кухня кухни кухонь; деревня деревни деревень; капля капли капель;
    козел козла; осел осла; узел узла узлы узлов; угол угла углы; орел орла орлы; сон сна сны; ложь лжи ложью;
    шов шва швы; ров рва; мох мха;
    man men; woman women; child children; person people; foot feet; mouse mice; tooth teeth;
    wife wives; life lives; leaf leaves; knife knives; buy bought; sell sold; win won; lose lost
"""
# Where the stemmer parts forms of one word: how the word ends, how its stem ends, and what stands there in others.
KINDRED = (
    # A vowel comes and goes, as in a market or a bill of sale, or takes the place of a sign.
    ("", "(?<=..[^аеиоуыэюя])[ео]([кц])", (r"\1", r"ь\1", r"й\1")),
    ("", "(?<=..)[ьй]([кц])", (r"е\1", r"о\1")),
    ("", "(?<=.[^аеиоуыэюяьй])([кц])", (r"е\1", r"о\1")),
    # Short participles: closed, taken.
    ("", "(?<=..)[ыя]т", ("",)),
    ("т", "(?<=[^аеиоуыэюя])$", ("ыт", "ят")),
    # Past tenses without their letter: grew, perished.
    ("", "(?<=..[бгзкспрх])л", ("",)),
    ("[бгзкспрх]", "(?<=..[бгзкспрх])$", ("л",)),
    # Museums and trams.
    ("[аео](?:[йяюие]|ев|ем|ями?|ях)", "(?<=..)[аео]", ("",)),
    ("[а](?:[йяюие]|ев|ем|ями?|ях)", "(?<=..[^аеиоуыэюя])$", ("а",)),
    ("[е](?:[йяюие]|ев|ем|ями?|ях)", "(?<=.[^аеиоуыэюя])$", ("е",)),
    ("[о](?:[йяюие]|ев|ем|ями?|ях)", "(?<=..[^аеиоуыэюя])$", ("о",)),
    # Citizens and townspeople.
    ("", "(?<=[ая]н)ин", ("",)),
    ("", "(?<=[ая])нин", ("",)),
    ("", "(?<=..[ая])н$", ("нин", "")),
    ("[ая]н", "(?<=..[ая])$", ("н", "нин")),
    # Surnames.
    ("ов", "(?<=...)$", ("ов",)),
    ("ев", "(?<=...)$", ("ев",)),
    ("[ое]в(?:а|у|е|ым)", "(?<=...)[ое]в", ("",)),
)
