"""Endings of Russian words by what they tell about the form, for choosing the one that a dictionary would have."""

from digests.words import vocabulary

# What is left of a word behind its stem, from the most like a dictionary form to the least; others come after these.
FEMININE_SIGNS = vocabulary("ой ою ей ею у ю")
MASCULINE_SIGNS = vocabulary("ом ем ов ев")
NEUTER_SIGNS = vocabulary("ие ием")
BARE = vocabulary("ь й ий ый ия ья ье ие ая яя ое ее")
FEMININE = vocabulary("а я")
NEUTER = vocabulary("о е")
PLURAL = vocabulary("ы и ые ии")

# Whole endings by which verbs and adjectives are told from nouns, roughly: they make poorer reasons.
VERBAL = vocabulary(
    """
    ть ться тся лся лась лось лись ли ло ал ала али ил ила или ел ела ели ул ула ует ет ют ит ят ат ают яют уют
    ешь ишь вший вшая вшие ющий ющая ющие ащий ящий емый имый анный енный ован ована ованы ано ено ены ана ена
    """
)
ADJECTIVAL = vocabulary("ого ему ому ый ая ое ые ых ыми ую ский ская ское ские ского ской скую ских ским ными ным")
ADVERBIAL = vocabulary("ски чески льно енно")
