"""The words that give a line away when a text is cut: markers of related articles, buttons, calls to subscribe.

Words are evidence only: `furniture` and `headings` also look at the shape of a line and at where it stands.
"""

import re


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)


# A line that announces the titles below it.
RELATED_MARKER = _compiled(
    r"""(?:
      (?:статьи|материалы|новости|публикации|сюжеты?|главное|подробнее|ранее|ещ[её]|другие\s\w+|читайте(?:\sещ[её])?)
        \s(?:по|на)\s(?:этой\s|эту\s|данной\s)?тем[еу]
      | по\s(?:этой\s)?теме
      | (?:читайте|смотрите|слушайте|читать|см\.)\s(?:также|так\sже|ещ[её]|далее\sпо\sтеме)
      | (?:похожие|связанные|другие|популярные|свежие|последние|рекомендуемые)\s
        (?:статьи|материалы|новости|записи|публикации|посты)
      | (?:вам|тебе|также)\s(?:может\sбыть|будет|может)\sинтересно | вас\sможет\sзаинтересовать
      | (?:мы\s)?рекомендуем(?:\s(?:почитать|прочитать|посмотреть|также))? | что\sещ[её]\sпочитать
      | (?:самое|это)\sчитаемое
      | related(?:\s(?:articles?|posts?|stories|news|content|reading|topics))?
      | (?:read|see)\s(?:also|more|next) | you\s(?:may|might)\salso\s(?:like|be\sinterested\sin)
      | more\s(?:on\sthis\s(?:topic|story)|stories|news|articles) | further\sreading | recommended(?:\sfor\syou)?
      | up\snext
    )""",
)

# The same with the title in the line itself: "Read also: a title".
RELATED_INLINE = _compiled(
    r"""(?:
      (?:(?:читайте|смотрите|слушайте|читать|см\.)\s(?:также|так\sже|ещ[её]|по\sтеме)
        | (?:read|see)\s(?:also|more)) \s*[:—–-]
      | (?:читайте | (?:ещ[её]\s)?по\s(?:этой\s)?теме | (?:материалы?|статьи|новости)\sпо\sтеме
        | related(?:\s\w+)?) \s*:
    ) \s* (?=\S)""",
)

# Orders to the reader. With a name from CHANNEL, SUBSCRIBE is a call wherever it stands; ORDER is one when it speaks of
# OURS or stands at the foot.
SUBSCRIBE = _compiled(
    r"""\b(?:подпи(?:сывай(?:ся|тесь)|шись|шитесь) | присоединяй(?:ся|тесь) | вступай(?:те)?\sв
      | подписан\sна\sнаш\w* | subscribe | follow\sus
      | join\s(?:us|our) | sign\sup)\b""",
)
ORDER = _compiled(
    r"""\b(?:читай(?:те)? | читаешь | следи(?:те)? | смотри(?:те)? | ищи(?:те)? | жми(?:те)? | заходи(?:те)?
      | добавь(?:те)? | оставай(?:ся|тесь)
      | поддержи(?:те)? | узнавай(?:те)? | не\sпропусти(?:те)? | мы\s(?:есть\s)?(?:в|на) | новости\b | follow
      | join | read | watch)\b""",
)
OURS = _compiled(r"\b(?:нас|нам|мы|наш\w* | us | our)\b")
CHANNEL = _compiled(
    r"""(?:\b(?:telegram | телеграмм? | телегу | max | facebook | twitter | youtube | instagram | viber
      | whatsapp | vk | tiktok | google\snews | rss
      | вконтакте | одноклассник\w* | яндекс\w* | дзен\w* | соц(?:иальных\s)?сет\w+ | рассылк\w+ | newsletter
      | канал\w* | аккаунт\w* | паблик\w*)
      | \bна\s(?:нас|сайт)\b | \bнашу?\s(?:групп|страниц) | \bнаши\sновости)""",
)
SUBSCRIBE_LINK = _compiled(r"(?:подписаться|прислать\sновость|наш\sчат|subscribe)\b.{0,60}")

# Buttons and notices that are never a sentence of an article.
BUTTON = _compiled(
    r"""(?:
      back\sto\stop(?:\sbutton)? | (?:в)?наверх(?:\sстраницы)? | вернуться\s(?:в\sначало|наверх|к\sсписку\w*)
      | поделиться(?:\s(?:ссылкой|в\s.{1,40}|новостью|статьей|статьёй|с\sдрузьями|материалом))?
      | share(?:\s(?:this(?:\s\w+)?|on\s.{1,30}|via\s.{1,30}))? | print(?:\sthis\spage)? | распечатать
      | версия\sдля\sпечати
      | (?:с)?копировать\sссылку | copy\slink | отправить\sдругу | email\sthis
      | на\sправах\sрекламы | advertisement | sponsored(?:\scontent)?
      | (?:добавить|оставить|написать)\s(?:комментарий|отзыв) | leave\sa\s(?:comment|reply)
      | (?:ваш\s)?комментарий\s?\*
      | комментарии(?:\s\(?\d+\)?|:\s*\d+) | \d+\sкомментари\w+ | \d+\scomments?
      | читать\s(?:далее|дальше|полностью|подробнее|всю\sстатью) | read\s(?:more|full\sstory) | узнать\sбольше
      | (?:смотреть|посмотреть|показать)\s(?:все|вс[её]|ещ[её])(?:\s.{0,40})?
      | (?:открыть|включить|смотреть|посмотреть)\s(?:видео|фото\w*|галере\w+|комментарии)
      | (?:читайте|смотрите|все)\s(?:(?:все|последние|главные|свежие)\s)*новости(?:\s.{0,40})?
      | (?:следующая|предыдущая)\s(?:статья|новость|запись) | (?:next|previous)\s(?:article|post|story)
      | view\sthis\spost\son\sinstagram | a\spost\sshared\sby\s.+ | (?:количество\s)?(?:просмотр|показ)ов:?\s*[\d\s]+
      | [\d\s]+\sпросмотр\w*
      | время\s(?:на\s)?чтени[яе]:?.{0,20} | \d+\smin(?:ute)?s?\sread | добавить\sв\s(?:закладки|избранное)
      | (?:предложить|прислать|сообщить)\sновость | написать\s(?:автору|в\sредакцию).* | все\sправа\sзащищены.*
      | all\srights\sreserved.*
      | (?:сюжет|тег|тэг|метк|рубрик|категори)[иыая]?:\s?.+ | tags?:\s.+ | filed\sunder:?\s.+
    )""",
)

# Words that may be a button and may be a sub-heading: it depends on the place and on the rest of the text.
WEAK_BUTTON = _compiled(
    r"""(?:реклама | комментарии | обсудить | подробнее | подписаться | вверх | меню | главная | поиск | войти
      | сохранить | источник
      | нравится | лайк | like | tweet | share | e-?mail | facebook | twitter | x | telegram | телеграм
      | whatsapp | viber | вконтакте | vk
      | одноклассники | linkedin | pinterest | reddit | youtube | instagram | дзен | menu | home | search
      | comments | новости | видео | фото)""",
)

# A report of a misprint, wherever it stands.
MISPRINT = _compiled(r"(?:нашли|заметили|увидели)\s(?:ошибку|опечатку)\b | ctrl\s?\+\s?enter")

# Where the text was taken from, as the last lines of a copied page say it.
SOURCE = _compiled(r"(?:источник|по\sматериалам|оригинал|source|via|подробнее)(?:\s?[:—–]\s?|\s(?=https?:))\S.*")

# A date with its time or year, such as stands under the title of a copied page.
DATE_LINE = _compiled(
    r"""(?:(?:сегодня|вчера|опубликовано:?|обновлено:?|published|updated)?[\s,]*
      (?:\d{1,2}[:.]\d{2}[\s,|]+)?\d{1,2}(?:[./-]\d{1,2}[./-]|\s[а-яёa-z]+\.?\s)(?:\d{4}|\d{2})?\s?(?:г\.|года)?
      (?:[\s,|в-]*\d{1,2}:\d{2})? | (?:сегодня|вчера)?[\s,в]*\d{1,2}:\d{2})""",
)

# How a caption begins; what stands above it is a caption too.
CREDIT = _compiled(
    r"""(?:источник\s)?(?:фото|видео|иллюстрация|коллаж|кадр|скриншот|photo|video|image|picture)\b.{0,3}[:/©]
      | (?:фото|кадр|скриншот|снимок)\s(?:из|с|со|предоставлен\w*)\s | .{1,100}[.!?)»]\s(?:фото|photo)\s?[:/©]
      | .{1,80}\s//\s""",
)

# The names of a paper's rubrics, which copied pages have at their head.
RUBRIC = _compiled(
    r"""(?:общество|политика|экономика|финансы|культура|спорт|происшествия|в\sмире|в\sроссии|главное|город|наука|технологии|шоу-бизнес
      | society|politics|economy|business|culture|sports?|world|opinion)""",
)

# The head of a paragraph that goes on from the one before: a section seldom begins so.
CONNECTIVE = _compiled(
    r"""(?:к\sслову | напомним | однако | тем\sне\sменее | также | кроме\sтого | при\sэтом | отметим | отмечается
      | ранее | как\s
      | по\s(?:его|ее|её|их|словам|мнению|данным|информации|сообщ\w+)\b | он\s | она\s | они\s | оно\s | но\s
      | а\s | и\s | это | эт[аиу]\s
      | так | затем | впрочем | вместе\sс\sтем | в\sто\sже\sвремя | между\sтем | интересно | именно\s | добавим
      | прич[её]м | поэтому
      | сам[аи]?\s | об\sэтом | их\s | его\s | е[её]\s | тогда | после\sэтого | добавил | сообщ
      | however | moreover | also\b | earlier | meanwhile | he\s | she\s | they\s | but\s | and\s | this\s
      | according\sto
    )""",
)

# How a question begins: sub-headings ask, captions do not.
QUESTION = _compiled(
    r"""(?:(?:о|в|на|за|из-за|для|при|с|к|до|от)\s)?(?:что|чего|чему|чем|как|почему|зачем|где|когда|кто|кому|кого|кем|сколько|куда
      | откуда|какой|какая|какие|какое|каким|каких|чей | (?:можно|нужно|стоит|может|могут|есть|будет|надо)\sли
      | what|how|why|when|where|who|which)\b""",
)

# Words that are most often finite verbs: headlines of news have one, sub-headings of several words seldom do.
FINITE = re.compile(
    r"""(?:[а-яё]{2,}(?:лся|лась|лись|лось|тся|[аяуею]ют|[аяуею]ет|[а-яё]ит|[а-яё]ят|[а-яё]ут|[аеиыя]л[аио]?
      |лены|[взн]аны|[лнт]ен[ао]?))\b | \b(?:(?:ид|вед|нес|раст|бер|жд|жив|зов|да)[её]т
      | стал[аио]? | есть | нет | нельзя | будет | будут | хочет | хотят)\b""",
    re.IGNORECASE | re.VERBOSE,
)

# The voice in an interview: "Paper: — A question".
SPEAKER = re.compile(r"[^:]{1,40}:\s?[—–-]\s")

# The name of a month in any case, as a date has it.
MONTH = re.compile(
    r"\b(?:январ|феврал|март|апрел|ма[йея]|июн|июл|август|сентябр|октябр|ноябр|декабр|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)[а-я]{0,3}\b"
)
