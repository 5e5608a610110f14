"""Words by which an office, a hospital, a school is known, and those that say after whom it is called."""

from .reading import fold

_SLAVIC = """
болниц больниц лікарн клиник клінік поликлиник поліклінік умбал мбал сагбал дкц исул диспансер амбулатор здравн аптек училищ школ гимнази
гімназі лицей лицея ліцей ліцею градин садо садок садку университет університет колеж коледж академи академі читалищ библиотек бібліотек
музе храм църкв церк манастир монастир джами мечет синагог посолств консулств консульств дирекц агенци агентств министерств міністерств
общин кметств мэри мерія район прокуратур полици поліці бюро служб отдел відділ управлени управлінн инспекц інспекц фондац асоциаци
асоціаці ассоциаци сдружени организац організац спілк комитет комітет комиси комісі комисси съвет совет център центъра центр приют притул
банка банк клон пошт почт профспілк профсъюз профсоюз клуб мреж мереж доброволц волонт ателие майстерн мастерск товариств обществ
дружеств институт інститут лаборатор каритас карітас унице юнісе юнисе червен червон красн посольств підтримк подпомаган
"""
_SHORT = """
дг су оу сд суд съд фонд нап нои даб рпц бчк мвр сдвр нбпп цнст оон увкб рада союз съюз сад desk iom oim unhcr unicef caritas gare station
"""
_LATIN = """
hospital hopital clinic clinique polyclinic polyclinique medical maternit pharmac school ecole lycee college kindergarten creche universit
academ librar biblioth museum musee church eglise cathedral mosque mosquee monaster embass ambassad consulat directorate direction agency
agence ministr minister municipal mairie office bureau department departement service court tribunal prosecut police bank banque foundation
fondation association organi committee comite council conseil commission union alliance institut centre center shelter cross croix hall branch doctors medecins charit relief
caritative circle workshop volunteer club network society syndicat
"""
_EASTERN = """
مستشفى مستشفي عياده عيادات مستوصف صيدليه مدرسه روضه حضانه جامعه معهد كليه مكتبه متحف مسجد جامع كنيسه دير سفاره قنصليه مديريه وكاله
وزاره بلديه محكمه نيابه شرطه بنك مصرف بريد مكتب دايره مركز جمعيه موسسه منظمه لجنه مجلس مفوضيه اتحاد هييه صليب هلال كاريتاس يونيسف
ملجا صندوق مساعده فريق نادي ورشه شبكه
بيمارستان درمانگاه كلينيك داروخانه دبيرستان دبستان مهدكودك دانشگاه كتابخانه موزه كليسا سفارت كنسولگري اداره اژانس وزارت شهرداري
دادگاه دادستاني پليس بانك پست دفتر انجمن بنياد سازمان كميته شورا شوراي كميسارياي اتحاديه پناهگاه كانون خدمات گروه كارگاه باشگاه شبكه
"""
_CALLED_AFTER = """
училищ школ гимнази гімназі лицей ліцей су оу дг университет університет читалищ библиотек бібліотек музе храм църкв церк
school ecole lycee college universit librar biblioth museum musee church eglise mosque
"""
_CALLED_AFTER_EASTERN = (
    "مدرسه مسجد جامع كنيسه جامعه مكتبه دانشگاه كتابخانه دبيرستان دبستان مستشفى مستشفي بيمارستان درمانگاه عياده"
)


def _any_of(words: str, *, stems: bool) -> str:
    end = r"\w*" if stems else r"(?!\w)"
    return rf"(?<!\w)(?:{'|'.join(fold(words).split())}){end}"


CALLED_AFTER = _any_of(_CALLED_AFTER, stems=True)
"""Houses that are mostly called after somebody, in scripts with capitals."""
CALLED_AFTER_EASTERN = rf"(?<!\w)[وبلف]?(?:ال|ل)?(?:{'|'.join(fold(_CALLED_AFTER_EASTERN).split())})(?!\w)"
"""The same in scripts without."""
INSTITUTION = "|".join(
    (
        _any_of(f"{_SLAVIC} {_LATIN}", stems=True),
        _any_of(_SHORT, stems=False),
        rf"(?<!\w)[وبلف]?(?:ال|ل)?(?:{'|'.join(fold(_EASTERN).split())})(?!\w)",
    )
)
SAINT = (
    r"(?:(?<!\w)(?:свет[аиоі]|св|свят[аяоийіїу]\w{0,2}|saint|sainte|st|ste|sveti|sveta|sveto)(?:\.\s?|[\s-])"
    r"|(?<!\w)ال?قديسه?\s|(?<!\w)سنت\s)"
)
"""Whoever is called so is nobody who comes to a desk."""
NAMED = r"(?<!\w)(?:имени|им\.|імені|ім\.|на името на|named after|du nom de|باسم|به نام)\s"
LEADS_TO = (
    r"(?<!\w)(?:при|за|със|с|у|до|към|до|для|із|з|со|спросить|запитати|попитай|with|for|at|ask|to|see|chez|pour|avec|demander|"
    r"مع|عند|عن|إلى|لدى|پیش|نزد|با|برای|سراغ)\s"
)
"""What stands between a place and the person there."""
