"""Words that are nobody's name: places, offices, months and peoples that are written with a capital, and what opens a note."""

from .reading import fold

_PLACES = """
sofia plovdiv varna burgas bourgas ruse rousse pleven stara zagora harmanli haskovo svilengrad pastrogor banya nova
bulgaria ukraine syria afghanistan iran iraq turkey russia germany france austria greece serbia romania poland lebanon jordan
egypt morocco algeria tunisia palestine gaza pakistan somalia eritrea ethiopia sudan nigeria cameroon congo mali moldova europe
kharkiv kyiv kiev odesa odessa lviv mariupol kherson donetsk damascus aleppo homs kabul herat tehran istanbul edirne berlin
paris vienna ovcha kupel lyulin mladost druzhba vrazhdebna voenna rampa serdika nadezhda levski slatina studentski pirogov
bulgarie ukraine syrie iraq turquie russie allemagne autriche grece serbie roumanie pologne liban jordanie egypte maroc algerie
tunisie europe ovtcha koupel londres bruxelles union eu ue un
софия пловдив варна бургас русе плевен харманли хасково свиленград пастрогор баня българия украйна сирия афганистан
ирак турция русия германия франция австрия гърция сърбия румъния полша ливан йордания египет мароко алжир тунис палестина газа
пакистан сомалия еритрея етиопия судан нигерия молдова европа харков киев одеса одесса лвов мариупол мариуполь херсон донецк
донецьк харьков харків київ львів дамаск алепо халеб кабул херат техеран истанбул одрин берлин париж виена овча купел люлин
младост дружба враждебна военна рампа сердика надежда студентски град пирогов левски слатина
софія софії софію софією софии софию софией болгарія україна сирія афганістан іран ірак туреччина росія німеччина франція австрія греція сербія румунія польща ліван
йорданія єгипет європа маріуполь дубай бургаський
болгария украина россия германия румыния польша ливан иордания египет марокко стамбул вена европа овча купель
"""
_OFFICES = """
art article para law act regulation reglement regulament регламент регламенту регламента директива директиву конвенція закон наредба договор حكم directive convention geneva dublin procedure migration directorate red cross state agency
refugees refugee ministry health interior labour education social assistance employment office court supreme administrative
city municipality district region hospital polyclinic school university bank post embassy consulate border police unhcr iom nra
nssi caritas bcrm council europe temporary protection international asylum welfare tax revenue national centre center bulgarian
ombudsman commission committee fund insurance institute house community desk union foundation bgn eur usd id covid sim pdf qr
a b c d e i x tv internet whatsapp viber facebook google ok sos dna hiv gp ngo eu ukrainian
croix rouge migration agence direction ministere haut commissariat caritas dublin serdika noel paques etat
миграция закрила миграционна червен червения кръст министерство министерството здравеопазването държавна агенция бежанците
бюро труда дирекция каритас женева дублин дъблин конвенция европейски съюз съвет комисия върховен административен съд община
национален осигурителен институт приходите великден коледа рамадан
червоний червоного хрест хреста міністерство міністерства дирекція карітас женева пенсійний фонд дублін рада європи міграція
великдень різдво рамадан
красный красного красном крест креста министерство министерства дирекция каритас женева фонд рождество пасха европы
"""
_TIMES = """
mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
november december christmas easter ramadan eid year grade line level class room floor form new year
понедельник вторник среда четверг пятница
"""
_PEOPLES = """
english bulgarian arabic farsi dari pashto persian kurdish kurmanji ukrainian russian french german turkish spanish italian
syrian afghan iranian iraqi turk kurd palestinian somali eritrean african european moroccan algerian muslim christian orthodox
islamic dutch polish romanian greek serbian moldovan georgian armenian
"""
_STEMS = """
софи софій болгар україн украин українськ росі росси сири сирі афган іран иран ірак турц туреч герман німеч франц австр грец греці
серб румун румын польщ польш ліван ливан єгип егип європ европ пловдив варн бургас харк київ киев льв одес мариупол маріупол
херсон донец дамаск алепп кабул стамбул берлин берлін париж вен сердик сердік харманл міграц миграц женев дубл дубл каритас карітас
червон красн хрест крест міністерств министерств
"""
_OPENERS = """
client clients family families mother father husband wife woman women man men child children kid kids son daughter brother sister parents
couple person people someone somebody nobody everyone everybody neighbour friend he she they we it i you who which this that group two
three four one five lady girl boy student pensioner baby employer landlord owner lawyer doctor interpreter worker colleague school
hospital court bank office agency police ministry directorate embassy nra user visitor also then still later again just already both
соцработник клиент клиентка клиентът клиентката семейство семейството майка майката баща бащата съпруг съпругът съпруга съпругата жена жената
мъж мъжът дете детето деца децата син синът дъщеря дъщерята брат братът сестра сестрата приятел приятелка съсед съседка човек хора
някой никой той тя те ние аз кой който това група двама трима момиче момче момичето момчето студент пенсионер пенсионерка бебе
работодател хазяин адвокат лекар лекарят преводач преводачът преводачката колега училище болница болницата съд банка банката дирекция
нап ной дсп даб полиция полицията вече пак още днес вчера утре после дсп посетител посетителка бежанец бежанка двойка родител родители
клієнт клієнтка родина сім'я мама мати тато батько чоловік дружина жінка дитина діти син донька дочка брат сестра подруга друг сусід
сусідка людина люди хтось ніхто він вона вони ми я хто це група двоє троє дівчина хлопець студент студентка пенсіонер пенсіонерка
роботодавець адвокат лікар перекладач перекладачка колега школа лікарня суд банк дирекція поліція вже знову ще сьогодні вчора завтра
потім відвідувач відвідувачка пара батьки
клиент клиентка семья мама мать папа отец муж жена женщина мужчина ребёнок дети сын дочь дочка брат сестра подруга друг сосед
соседка человек люди кто-то никто он она они мы я кто это группа двое трое девушка парень студент студентка пенсионер пенсионерка
работодатель адвокат врач переводчик переводчица коллега школа больница суд банк дирекция полиция уже опять снова ещё сегодня вчера
завтра потом посетитель посетительница пара родители хозяин
client cliente famille mere pere mari femme homme enfant enfants fils fille frere soeur parents couple personne quelqu'un il elle ils
elles nous je qui groupe deux trois dame garcon etudiant etudiante retraite retraitee bebe employeur proprietaire avocat avocate medecin
interprete collegue ecole hopital tribunal banque agence police voisin voisine ami amie on puis encore deja monsieur madame
"""
_DOINGS = """
came comes called calls asked asks wants needs brought brings returned lost left phoned rang visited signed waits waited speaks has arrived
дойде идва звъня звънна обади пита попита иска търси чака донесе доведе загуби подписа говори дошъл дошла иде получи върна
прийшов прийшла приходив приходила дзвонив дзвонила питав питала просить хоче чекає приніс принесла загубив загубила підписав каже
пришёл пришел пришла приходил приходила звонил звонила спросил спросила просит хочет ждёт ждет принёс принесла потерял потеряла подписал
revient vient veut demande attend cherche appelle passe habite voudrait
"""
_DOINGS_AFTER = "est a"
_DOINGS_THEN = "venu venue passe passee revenu revenue appele demande perdu signe"
_NOT_SURNAMES = """
нов нова ново готов готова здрав здрава здоров здорова основа основ такава такова каква каква глава права държава справа справа слова
голова мова умова умов розмова вимова відмова промова домова зимова договор половина крива жива лева левов левова криева червеева
основе снова слово условие половин деньгова домовая льготова дешев дешева дешёва дешевa дева королева листопадова черговa чергова
правова мовна правов мовов валова фінансова финансова медова кредитова трудова трудов трудовa страхова страхов видова обнова дъбова
паркова спецов пътева целева целев социалнотрудова покрова підстава корова дрова вдова сурова кленова берегова ключова ключов
кінцева кінцев кінців дитячев дешевов місцева місцев місцеві паперова паперов мережева овцева разова разов груповa групова групов
новa временова годишнова зимовий планова планов типова типов тестова чекова угорова штрафов поштова поштов почва лекторова нервова
ордерова изгодева боева болгарова основна базова базов массова массов цинков готовъ безготов торгова торгов
улов отзив позив зов ров лов кров кръв стаев краев
"""

KNOWN = frozenset(fold(f"{_PLACES} {_OFFICES} {_TIMES} {_PEOPLES}").split())
STEMS = tuple(fold(_STEMS).split())
OPENERS = frozenset(fold(_OPENERS).split())
DOINGS = frozenset(fold(_DOINGS).split())
DOINGS_AFTER, DOINGS_THEN = frozenset(_DOINGS_AFTER.split()), frozenset(_DOINGS_THEN.split())
NOT_SURNAMES = frozenset(fold(_NOT_SURNAMES).split())

PHRASES = tuple(
    sorted(
        fold("""
hadzhi dimitar|хаджи димитър|хаджи димитар|vasil levski|васил левски|sveti naum|свети наум|св. наум|g. m. dimitrov|г. м. димитров
|joliot-curie|жолио-кюри|ivan vazov|иван вазов|иван вазово|aleksandrovska|tsaritsa yoanna|царица йоанна|свети георги|св. анна|st. anna
|sveta anna|св. иван рилски|sveti ivan rilski|christmas eve|ivan rilski|حاجي ديميتار
""")
        .replace("\n", "")
        .split("|"),
        key=len,
        reverse=True,
    )
)
"""Stations, hospitals and quarters that are called after people."""
