"""Likely names: capitals where no sentence begins, frequent given names, endings of surnames, titles, "is called"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from .findings import DISGUISED, NAME, NO_NAMES, Names, Seen
from .given import CASES, COMMON, GIVEN, SURNAME, SURNAME_ARABIC
from .ordinary import DOINGS, DOINGS_AFTER, DOINGS_THEN, KNOWN, NOT_SURNAMES, OPENERS, PHRASES, STEMS
from .reading import Reading, Word, fold, formed, words_of

ON = "على"
"""The Arabic word for "on", which differs from a frequent name by two dots only."""
LONGEST_SHORT = 6
NOT_NAMES = ("ing", "tion", "ent", "ът", "та", "то", "ник", "ница", "тель", "тор", "ция", "ція", "ние", "ння", "ство")
"""So end words for what people are and do, hardly a name."""
"""So many capitals in a row are still an office's short name."""
_SURNAME, _SURNAME_ARABIC = re.compile(SURNAME), re.compile(SURNAME_ARABIC)
_INITIALS = re.compile(
    r"(?<!\w)(?:[A-ZА-ЯІЇЄ]\.\s?){1,2}[A-ZА-ЯІЇЄ]\w+|(?<!\w)[A-ZА-ЯІЇЄ]\.\s?[A-ZА-ЯІЇЄ]\.(?!\w)|[A-ZА-ЯІЇЄ]\w+\s[A-ZА-ЯІЇЄ]\.(?!\w)"
)
_APART = re.compile(r"(?<!\w)[^\W\d_](?:[ .\-_*][^\W\d_]){3,}(?!\w)")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_WE_HAVE = frozenset({"لدينا", "ولدينا", "فلدينا"})
"""Arabic for 'we have': not 'to Dina', who is written the same."""
_PREFIXES = re.compile(r"^(?:[وف]?[بلك]?)(?=\w{3})")
_TITLES = re.compile(
    formed(
        r"(?<!\w)(?:mr|mrs|ms|miss|mme|mlle|madame|monsieur|dr|doctor|г-н|г-жа|г-ца|г-ном|г-же|г-жу|господин\w*|госпожа|госпожо|госпожица|"
        r"д-р|др|пан|пані|пане|пана|паном|гражданин\w*|гражданка|лікар(?:я|ю|ем|ка|ки|ку)?|врач(?:а|у|ом)?|доктор(?:а|у|ом|ка)?)(?:\.\s?|\s)(?P<name>[^\W\d_]{2,})"
    )
)
_TITLE_M = re.compile(r"(?<!\w)M\.\s(?P<name>[A-Z]\w+)")
_TITLES_ARABIC = re.compile(
    formed(
        r"(?<!\w)[ولب]?(?:السيد|السيدة|الآنسة|الدكتور|الدكتورة|الأستاذ|الأستاذة|الشيخ|الحاج|آقای|آقا|خانم|دکتر|مهندس|استاد|حاجی|جناب|سرکار)\s"
    )
    + r"(?P<name>[^\W\d_]{2,})"
)
_CALLED = re.compile(
    formed(
        r"(?<!\w)(?:name is|named|называ\w* се|казва се|на име|звати|зовут|звать|кличут|s'appelle|nommee?|prenom|surname|"
        r"фамилия|фамилията|прізвище|ім'я|имя|اسمه|اسمها|اسمي|اسم الأم|اسم الأب|المدعو|المدعوة|نامش|اسمش|به نام|بنام)[\s:]{1,2}"
    )
    + r"(?P<name>[^\W\d_]{2,})"
)
_KIN_ARABIC = re.compile(
    formed(
        r"(?<!\w)[ولب]?(?:(?:زوج|زوجت|أخ|أخو|أخي|أخت|ابن|ابنت|والد|والدت|أم|أبو|عم|خال|جار|جارت|صديق|صديقت)(?:ه|ها|هم|هما|تها)"
        r"|(?:همسر|برادر|خواهر|پدر|مادر|پسر|دختر|شوهر|دوست|همسایه|عمو|دایی|خاله|عمه|فرزند)(?:ش|شان|اش|م)"
        r"|جاء|جاءت|حضر|حضرت|اتصل|اتصلت|الجارة|الجار|الطفل|الطفلة)\s"
    )
    + r"(?P<name>[^\W\d_]{3,})"
)
_NOT_OF_KIN = re.compile(r"ال.*|[بلوف][^\W\d_]{3,}|[يت][^\W\d_]{2,}|مي.*|نمي.*|.*(?:ساله|دار|مند|كار)")
_KUNYA = re.compile(r"(?<!\w)[ولب]?(?:ابو|ام|ابن|بن|ال)\s(?P<name>[^\W\d_]{2,})")
_SLAVE_OF = re.compile(r"(?<!\w)[ولب]?عبد\s?ال(?P<name>\w{2,})")
_UNNAMED = frozenset(
    fold("""
is are was be been not no on in from the a an and or of to at for by with missing wrong unknown written spelled different changed misspelled
е не няма са си от на в с за и че се че да ли до при по най грешно сменено сгрешено различно липсва
є немає та або в у з із зі до від на для за що це і й не
не нет и или в у с со до от на для за что это по при
est pas non de du des la le les un une et ou en dans pour par avec qui que mal inconnu
en attend
المدير المديره المحامي المحاميه الموظف الموظفه الطبيب الطبيبه المترجم المترجمه المسؤول المسوول القاضي المعلم المعلمه الرييس في من على الى
غير مكتوب خطا ليس لم لا و او هنا هناك مع عن قال قالت يريد تريد غايب الجديد الجديده المنسق المنسقه المختص الاداري
مدير محامي وكيل كارمند مترجم معلم قاضي مسوول رييس دكتر پزشك باردار جوان مسن ميانسال تنها بيوه افغان سوري ايراني عرب خانه دار هايي ها
با از در به براي و يا كه است نيست ندارد دارد آمد نيامد مي نمي را هم تا ي كرد درست اشتباه غلط معلوم مشاور بيمار مجرد متاهل شاغل اوكرايني
محترم ديگر ديگري مددكار هماهنگ عراقي پليس راننده
""").split()
)

_PLAIN = frozenset(
    fold("""
امراه رجل عايله شخص شخصان اشخاص شاب شابه طفل طفله طفلان اطفال بنت ولد اب اخ اخت صديق جار مريض مريضه حامل كبير كبيره صغير صغيره متوفى متوفي
موجود موجوده مفقود غايب هنا هناك امس غدا اليوم مره مرتين ثانيه ايضا كان كانت عمره عمرها عند عنده عندها حين قبل بعد زوجان مجموعه اسره سيده انه انها
سوري سوريه عراقي عراقيه اوكراني اوكرانيه فقط مجددا متاخر متاخره معاق معاقه طالب طالبه صاحب موظف موظفه مترجم محامي ايضاً جديد مسجون محتجز سجين
بدون امروز فردا ديروز مرده فوت كوچك بزرگ دانشجو شاغل بازنشسته سرباز اينجا آنجا كلاس مدرسه زندان زنداني مفقود بلغاري تازه دوباره هنوز فقط خيلي مدرك
پاسپورت كار دو سه چهار يك چند همراه سرطان ديابت ازدواج طلاق مرخصي زنگ كمك پول خانه اجازه سالم معلول اوكراين ايران سوريه آلمان تركيه افغانستان
درباره براي تنها بايد نيز گفت رفت رفته بود شد شده خواست پرسيد زنده غايب جدا
""").split()
)


def names_in(reading: Reading, names: Names) -> Iterator[Seen]:
    """Whatever is likely to be somebody's name."""
    words = words_of(reading)
    spared = list(_spared(reading, names))
    for seen in (*_listed(words), *_capitals(words, names), *_doers(words), *_patterned(reading, names)):
        if not any(start <= seen[1] and seen[2] <= end for start, end in spared):
            yield seen
    for match in _APART.finditer(reading.text):
        yield DISGUISED, match.start(), match.end()


def listed_names_in(reading: Reading) -> Iterator[Seen]:
    """Frequent given names and what ends as surnames do; two words with capitals behind one another."""
    words = words_of(reading)
    yield from _listed(words)
    for one, other in pairwise(words):
        between = reading.text[one.end : other.start]
        plain = not (one.shouted or other.shouted or _is_known(one, NO_NAMES) or _is_known(other, NO_NAMES))
        if between == " " and one.capital and other.capital and plain:
            yield NAME, one.start, other.end


def _spared(reading: Reading, names: Names) -> Iterator[tuple[int, int]]:
    """Where a station, a hospital, an organisation stands that is called like a person."""
    text = reading.text.casefold()
    for phrase in (*names.phrases, *PHRASES):
        for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text):
            yield match.span()


def _listed(words: tuple[Word, ...]) -> Iterator[Seen]:
    """Given names; surnames by their endings, small ones only beside a given name."""
    given = [_is_given(word) for word in words]
    for index, word in enumerate(words):
        beside = any(given[max(0, index - 1) : index]) or any(given[index + 1 : index + 2])
        alone = given[index] and (not _is_common(word) or _stands_out(word))
        if alone or (_is_surname(word) and (word.capital or beside or _ARABIC.match(word.key))):
            yield NAME, word.start, word.end
    for (one, first), (other, second) in pairwise(zip(words, given, strict=True)):
        if first and second and other.start - one.end <= 2:
            yield NAME, one.start, other.end


def _stands_out(word: Word) -> bool:
    return word.capital and not word.starts


def _arabic_key(word: Word) -> str:
    key = word.key if word.key == ON else word.key.replace("ى", "ي")
    if key in GIVEN:
        return key
    if key in _WE_HAVE:
        return key
    bare = _PREFIXES.sub("", key)
    return bare if bare in GIVEN else key


def _stem(key: str) -> str | None:
    """The given name that a Slavic ending hangs on."""
    for ending in CASES:
        bare = key.removesuffix(ending) if ending else key
        if len(bare) < 3 or (ending and not key.endswith(ending)):
            continue
        for close in ("", "а", "я", "о", "ь", "й", "ія", "ий", "ій", "ия"):
            if len(bare) > 2 and bare + close in GIVEN:
                return bare + close
    return None


def _given_of(word: Word) -> str | None:
    if _ARABIC.match(word.key):
        key = _arabic_key(word)
        return key if key in GIVEN or _is_compound(key) else None
    key = word.key.removesuffix("'s")
    if key in GIVEN:
        return key
    return _stem(key) if len(key) > 3 and key not in OPENERS | KNOWN | NOT_SURNAMES else None


def _is_compound(key: str) -> bool:
    """Two given names in one word, as Persian writes them."""
    return any(key[:cut] in GIVEN and key[cut:] in GIVEN for cut in range(3, len(key) - 2))


def _is_given(word: Word) -> bool:
    found = _given_of(word)
    if found is None or (found != word.key and len(word.key) > len(found) + 3 and not _ARABIC.match(word.key)):
        return False
    exact = found in (word.key, word.key.removesuffix("'s")) or bool(_ARABIC.match(word.key))
    return exact or word.capital


def _is_common(word: Word) -> bool:
    return (_given_of(word) or "") in COMMON


def _is_surname(word: Word) -> bool:
    if _ARABIC.match(word.key):
        return bool(_SURNAME_ARABIC.fullmatch(word.key.replace("ى", "ي"))) and word.key not in _UNNAMED
    return bool(_SURNAME.fullmatch(word.key)) and word.key not in NOT_SURNAMES


def _capitals(words: tuple[Word, ...], names: Names) -> Iterator[Seen]:
    """A capital where no sentence begins, unless the word is known."""
    for word in words:
        short = word.shouted and word.end - word.start <= LONGEST_SHORT
        single = word.end - word.start == 1
        if word.capital and not (word.starts or short or single or _is_known(word, names)):
            yield NAME, word.start, word.end
    for one, other in pairwise(words):
        if _is_shout(one, names) and _is_shout(other, names):
            yield NAME, one.start, other.end


def _is_shout(word: Word, names: Names) -> bool:
    """A word in capitals that is too long for an office's short name beside another such."""
    return word.shouted and word.end - word.start > 3 and not _is_known(word, names)


def _is_known(word: Word, names: Names) -> bool:
    key = word.key.removesuffix("'s").split("'")[-1]
    if key in KNOWN or key in names.words or word.key in names.words:
        return True
    return any(key.startswith(stem) and len(key) - len(stem) <= 7 for stem in STEMS if len(stem) > 2)


def _doers(words: tuple[Word, ...]) -> Iterator[Seen]:
    """What begins a sentence and then does what people do, if it is nothing else that is known to."""
    for index, word in enumerate(words):
        if word.starts and word.capital and _does(word, words[index + 1 : index + 3]) and not _is_opener(word):
            yield NAME, word.start, word.end


def _does(word: Word, then: tuple[Word, ...]) -> bool:
    if not then or then[0].start - word.end != 1 or then[0].capital:
        return False
    return then[0].key in DOINGS or (then[0].key in DOINGS_AFTER and len(then) > 1 and then[1].key in DOINGS_THEN)


def _is_opener(word: Word) -> bool:
    """A person without a name, an office, a deed, a thing with its article."""
    short = word.shouted and word.end - word.start <= LONGEST_SHORT
    return short or word.key in OPENERS | KNOWN | DOINGS or word.key.endswith(NOT_NAMES)


def _patterned(reading: Reading, names: Names) -> Iterator[Seen]:
    small = reading.text.casefold() if len(reading.text.casefold()) == len(reading.text) else reading.text.lower()
    for match in _INITIALS.finditer(reading.text):
        yield NAME, match.start(), match.end()
    for match in _TITLE_M.finditer(reading.text):
        yield NAME, *match.span("name")
    for pattern in (_TITLES, _TITLES_ARABIC, _CALLED, _KUNYA):
        for match in pattern.finditer(small):
            if _may_be_name(match["name"], names, kunya=pattern is _KUNYA):
                yield NAME, *match.span("name")
    yield from _kin(small)
    for match in _SLAVE_OF.finditer(small):
        yield NAME, match.start(), match.end()


def _kin(text: str) -> Iterator[Seen]:
    """Whom one calls "her brother" or says to have come, in scripts without capitals, if the word after it is no plain one."""
    for match in _KIN_ARABIC.finditer(text):
        if not (match["name"] in _UNNAMED or match["name"] in _PLAIN or _NOT_OF_KIN.fullmatch(match["name"])):
            yield NAME, *match.span("name")


def _may_be_name(key: str, names: Names, *, kunya: bool) -> bool:
    if kunya:
        return key.replace("ى", "ي") in GIVEN
    return key not in _UNNAMED and key not in OPENERS and key not in KNOWN
