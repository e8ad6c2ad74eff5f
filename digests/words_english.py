"""English language data: stop words, words that lean on what was said before, abbreviations; lower case."""

# Words that say nothing about the topic of a text; neither searched nor compared.
STOP_WORDS = """
    a about above after again all am an and any are aren as at be because been before being below between both but
    by can cannot could couldn d did didn do does doesn doing don down during each few for from further had hadn
    has hasn have haven having he her here hers herself him himself his how i if in into is isn it its itself just
    ll me might more most must my myself no nor not now of off on once only or other ought our ours ourselves out
    over own re s same shall shan she should shouldn so some such t than that the their theirs them themselves
    then there these they this those through to too under until up upon us ve very was wasn we were weren what
    when where which while who whom whose why will with won would wouldn you your yours yourself yourselves
"""

# Reporting and measuring words: they fill any news text, so they do not make two of them related.
WEAK_WORDS = """
    said says say saying told tells added noted stated announced reported report reports according year years day
    days month months week weeks hour hours time people million billion thousand percent monday tuesday wednesday
    thursday friday saturday sunday january february march april june july august september october november
    december today yesterday tomorrow one two three first second new
"""

# A sentence that begins so leans on the one before it. Phrases between semicolons.
DANGLING_HEADS = """
    accordingly; additionally; afterwards; also; although this; among them; and; another; as a result; as such;
    as well; at that; at the same time; besides; both of; but; by contrast; consequently; conversely; earlier;
    either; finally; first; for example; for instance; furthermore; he; hence; her; here; herself; himself; his;
    however; in addition; in contrast; in fact; in other words; in particular; in that; in the end; in the meantime;
    in turn; instead; it; its; lastly; later; likewise; meanwhile; moreover; neither; nevertheless; nonetheless; nor;
    on the contrary; on the other hand; or; other; others; overall; previously; rather; read more; recall;
    second; secondly; she; similarly; since then; so; still; subscribe; such; that; the former; the latter;
    the others; the same; their; them; then; there; thereafter; therefore; these; they; third; thirdly; this; those;
    though; thus; to that end; too; what is more; yet
"""

# These begin like such a head and yet stand alone.
STANDING_HEADS = "first lady; second world war; second half; third world"

# What a sentence goes on with from the one before it though it says something of its own; left out before it.
OPENINGS = "As it turned out|As it turns out"

# What may stand between such an opening and the rest.
THAT = "that"

# A line that begins with one of these and a colon, a stroke or a copyright sign is no sentence of the text.
CAPTION_WORDS = "photo photos picture image video source author text credit illustration screenshot tags editor"

# The same for families of forms: none in English.
DANGLING_STEMS = ""

# Third-person pronouns: understood only if the sentence names, before them, whom they mean.
SUBJECT_PRONOUNS = "he she they"
OBLIQUE_PRONOUNS = "him her them his hers their theirs himself herself themselves"

# Who speaks is known to the reader only if the sentence has named the speaker before.
SPEAKER_PRONOUNS = "i we me us my our ours mine you your yours"

# Nobody of whom news tells says these of themselves, except in quotation marks.
VOICES = "i me we my"

# Pointing words, which mean something said in another sentence.
POINTING_WORDS = "this these those"

# After a pointing word these make it a matter of the calendar, or of this very sentence.
POINTING_EXCEPTIONS = """
    year month week weekend day morning afternoon evening night season summer autumn spring winter time who
"""

# Words that answer to an earlier statement unless this sentence has made one already.
ECHOES = "also too therefore however thus hence likewise moreover meanwhile"

# Phrases that lean wherever they stand.
LEANING_PHRASES = """
    as mentioned above; as noted above; as reported earlier; the latter; the former;
    read more; subscribe to; click here; sign up
"""

# Phrases that lean unless the sentence has a clause before them to go on from.
LINKING_PHRASES = "in turn; at the same time"

# An opening "According to ...," names a source, not whom a pronoun means.
INTRODUCTIONS = "according as judging in on"

# Words that open a clause and so separate a pronoun from whom it means; English puts no comma before most of them.
CLAUSE_JOINTS = """
    and or but that said says say told believes because when while if after before since until as which who where how
    why whether
"""

# A last clause with one of these may be left out after the name of a person or of a place, one of a reason anywhere.
WHO = "who whom whose"
WHERE = "where"
TO_PLACES = "in at from to near"
REASONS = "because"

# Unless one of these waits for it, or the clause itself sets a condition or an exception.
CORRELATIVES = "that those such so only each every any"
CONDITIONS = "if unless except but however until only"

# A sentence that only says where the one before it was to be read.
PASSED_ON = r"(?:This|The news) was (?:first )?reported by [^,]{2,60}$"

# What a wire agency's mark at the end of a sentence says: that it passed the news on, not that it claims it.
WIRE_REPORTS = (r"(?:Reuters|AFP|AP|the Associated Press|TASS) (?:reports|reported)",)

# Openings that name a source; unless they name it in full, they mean someone mentioned before.
SOURCES = "according to; in the words of; in the opinion of"

# Never the last word before a cut.
HANGING_WORDS = """
    a an the and or but nor of in on at by for from to with without into onto over under after before about above
    below between against during through until as than that which who whose if because while when where his her
    its their this these those is are was were be been has have had will would can could not no very so mr mrs ms
    dr st
"""

# A capitalised one of these after an abbreviation begins a sentence: it is no name.
OPENING_WORDS = """
    after also an and as at but by for from he her his however if in it its on she that the their then there they
    this to we when with
"""

# A full stop after these never ends a sentence.
OPEN_ABBREVIATIONS = "dr e.g eg fig gen gov hon i.e ie lt mr mrs ms pp prof rep rev sen sgt st vs"

# A full stop after these ends a sentence only if what follows cannot go on with it.
LOOSE_ABBREVIATIONS = "a.m co corp d.c etc inc jr ltd p.m sr u.k u.n u.s"

# An exclamation mark after these belongs to the name.
EXCLAIMING_NAMES = "yahoo jeopardy"

# The head of an agency's story: place, day and agency, in the orders and signs that agencies use.
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_PLACE = r"[A-Z][A-Z.-]+(?:[\s-][A-Z][A-Z.-]+){0,3}(?:,\s+[A-Z][A-Za-z.]+){0,2}"
DATELINES = (
    rf"{_PLACE}(?:,\s+{_MONTH}\s+\d{{1,2}})?\s+\([A-Z][A-Za-z. -]{{1,30}}\)\s*[-–—]+\s*",
    rf"{_PLACE},\s+{_MONTH}\s+\d{{1,2}}\s*[-–—.]+\s*",
)
