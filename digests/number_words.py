"""Language data: words that count, scale, date or deny; lower case, without ё. Compared by their stems."""

# Each value with its words.
VALUES = {
    "1": "один одна одно одного одной одним одному первый one first",
    "2": "два две двух двум двумя двое второй двое вдвое дважды two second twice",
    "3": "три трех трем тремя трое третий третьего втрое трижды three third",
    "4": "четыре четырех четырем четырьмя четверо четвертый вчетверо four fourth",
    "5": "пять пяти пятью пятый пятеро впятеро five fifth",
    "6": "шесть шести шестой шестеро six sixth",
    "7": "семь семи седьмой семеро seven seventh",
    "8": "восемь восьми восьмой восемью eight eighth",
    "9": "девять девяти девятый nine ninth",
    "10": "десять десяти десятый вдесятеро ten tenth",
    "11": "одиннадцать одиннадцатый eleven eleventh",
    "12": "двенадцать двенадцатый twelve twelfth",
    "13": "тринадцать тринадцатый thirteen",
    "14": "четырнадцать четырнадцатый fourteen",
    "15": "пятнадцать пятнадцатый fifteen",
    "16": "шестнадцать шестнадцатый sixteen",
    "17": "семнадцать семнадцатый seventeen",
    "18": "восемнадцать восемнадцатый eighteen",
    "19": "девятнадцать девятнадцатый nineteen",
    "20": "двадцать двадцатый twenty",
    "30": "тридцать тридцатый thirty",
    "40": "сорок сорока сороковой forty",
    "50": "пятьдесят пятидесяти пятидесятый fifty",
    "60": "шестьдесят шестидесяти шестидесятый sixty",
    "70": "семьдесят семидесяти семидесятый seventy",
    "80": "восемьдесят восьмидесяти восьмидесятый eighty",
    "90": "девяносто девяноста девяностый ninety",
    "100": "сто ста сотый hundred",
    "200": "двести двухсот двумстам",
    "300": "триста трехсот",
    "400": "четыреста четырехсот",
    "500": "пятьсот пятисот",
    "600": "шестьсот шестисот",
    "700": "семьсот семисот",
    "800": "восемьсот восьмисот",
    "900": "девятьсот девятисот",
    "0": "ноль нуль нулевой zero",
}
SCALES = {
    "thousand": "тыс тысяча тысяч тысячи thousand thousands",
    "million": "млн миллион миллионов million millions mln",
    "billion": "млрд миллиард миллиардов billion billions bln",
    "trillion": "трлн триллион триллионов trillion trillions",
    "%": "процент процента процентов percent",
}
CURRENCIES = {
    "rouble": "руб рубль рубля рублей rouble roubles ruble rubles",
    "dollar": "долл доллар доллара долларов dollar dollars",
    "euro": "евро euro euros",
    "pound": "фунт фунта фунтов pound pounds",
    "yuan": "юань юаня юаней yuan",
    "tenge": "тенге tenge",
    "hryvnia": "гривна гривны гривен hryvnia",
    "manat": "манат маната манатов manat",
}
SIGNS = {"%": "%", "\u20bd": "rouble", "$": "dollar", "\u20ac": "euro", "\u00a3": "pound"}

# Other amounts, days and months: not to be made up either.
MEASURES = """
    половина половину полтора полутора треть четверть десятки десятков сотни сотен дюжина несколько большинство все
    никто каждый
    half quarter dozen dozens hundreds majority most every all
    январь января февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь
    сентября октябрь октября ноябрь ноября декабрь декабря понедельник вторник среда среду четверг пятница суббота
    воскресенье сегодня завтра вчера накануне
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday today tomorrow yesterday
"""
DENIALS = """
    не нет ни без никогда нельзя невозможно отрицать опровергать отказать отменить запретить запрещено
    not no never without cannot denied refused cancelled banned
"""

# What inflection may put behind the stem of a name.
NAME_ENDINGS = """
    а у е ы и о я ю й ь ом ем ой ей ым им ами ями ах ях ам ям ою ею ого его ому ему ая яя ую юю ых их ые ие ий ый ии ию
    ием иям s es
"""
