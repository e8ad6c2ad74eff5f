"""English language data: stop words, words that lean on what was said before, abbreviations; lower case."""

# Words that say nothing about the topic of a text; neither searched nor compared.
STOP_WORDS = frozenset(
    """
    a about above after again all am an and any are aren as at be because been before being below between both but by can
    cannot could couldn d did didn do does doesn doing don down during each few for from further had hadn has hasn have
    haven having he her here hers herself him himself his how i if in into is isn it its itself just ll me might more
    most must my myself no nor not now of off on once only or other ought our ours ourselves out over own re s same shall
    shan she should shouldn so some such t than that the their theirs them themselves then there these they this those
    through to too under until up upon us ve very was wasn we were weren what when where which while who whom whose why
    will with won would wouldn you your yours yourself yourselves
    """.split()
)

# Reporting and measuring words: they fill any news text, so they do not make two of them related.
WEAK_WORDS = frozenset(
    """
    said says say saying told tells added noted stated announced reported report reports according year years day days
    month months week weeks hour hours time people million billion thousand percent monday tuesday wednesday thursday
    friday saturday sunday january february march april june july august september october november december today
    yesterday tomorrow one two three first second new
    """.split()
)

# A sentence that begins so leans on the one before it. A phrase a line or between semicolons.
DANGLING_HEADS = """
    accordingly; additionally; afterwards; also; although this; among them; and; another; as a result; as such; as well
    at that; at the same time; besides; both of; but; by contrast; consequently; conversely; earlier; either; finally
    first; for example; for instance; furthermore; he; hence; her; here; herself; himself; his; however; in addition
    in contrast; in fact; in other words; in particular; in that; in the end; in the meantime; in turn; instead; it; its
    lastly; later; likewise; meanwhile; moreover; neither; nevertheless; nonetheless; nor; on the contrary
    on the other hand; or; other; others; overall; photo; previously; rather; read more; recall; second; secondly; she
    similarly; since then; so; still; subscribe; such; that; the former; the latter; the others; the same; their; them
    then; there; thereafter; therefore; these; they; third; thirdly; this; those; though; thus; to that end; too; video
    we; what is more; yet
"""

# The same for families of forms: none in English.
DANGLING_STEMS: tuple[str, ...] = ()

# Third-person pronouns: understood only if the sentence names, before them, whom they mean.
PERSONAL_PRONOUNS = frozenset("he she they him her them his hers their theirs himself herself themselves".split())

# Pointing words, which mean something said in another sentence.
POINTING_WORDS = frozenset("this these those".split())

# After a pointing word these make it a matter of the calendar, or of this very sentence.
POINTING_EXCEPTIONS = frozenset(
    "year month week weekend day morning afternoon evening night season summer autumn spring winter time who".split()
)

# Words that answer to an earlier statement unless this sentence has made one already.
ECHOES = frozenset("also too therefore however thus hence likewise moreover meanwhile".split())

# Phrases that lean wherever they stand.
LEANING_PHRASES = """
    as mentioned above; as noted above; as reported earlier; the latter; the former; in turn; at the same time
    read more; subscribe to; click here; sign up
"""

# An opening "According to ...," names a source, not whom a pronoun means.
INTRODUCTIONS = frozenset("according as judging in on".split())

# Conjunctions that open a clause and so separate a pronoun from whom it means.
CLAUSE_JOINTS = frozenset("and or but that".split())

# Never the last word before a cut.
HANGING_WORDS = frozenset(
    """
    a an the and or but nor of in on at by for from to with without into onto over under after before about above below
    between against during through until as than that which who whose if because while when where his her its their this
    these those is are was were be been has have had will would can could not no very so mr mrs ms dr st
    """.split()
)

# A full stop after these never ends a sentence.
OPEN_ABBREVIATIONS = frozenset("dr e.g eg fig gen gov hon i.e ie lt mr mrs ms no pp prof rep rev sen sgt st vs".split())

# A full stop after these ends a sentence only if what follows cannot go on with it.
LOOSE_ABBREVIATIONS = frozenset("a.m co corp d.c etc inc jr ltd p.m sr u.k u.n u.s".split())
