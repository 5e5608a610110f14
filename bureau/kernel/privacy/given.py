"""Frequent given names and endings of surnames, written down from common knowledge; short on purpose, made to be added to."""

from .reading import fold

_LATIN = """
ivan ivanka georgi dimitar dimitrina petar petya maria mariya mariia elena olena olga hristo todor stefan stoyan vasil
vasilka nikolay nikola nikolai aleksandar aleksandra alexander alexandra desislava daniela gergana yordan yordanka krasimir
krasimira plamen rumen rosen svetla snezhana tsvetan tsvetelina veselin vladimir zdravko ivaylo kalina kalin boyko boris
anna anya anastasia andrii andriy andrey andrei bohdan bogdan dmytro dmitry dmitri dmitrii halyna iryna irina ihor igor
kateryna katerina larysa larisa liudmyla ludmila maksym maksim mykola mykhailo mikhail nataliia natalia natalya nadiia
oksana oleh oleg oleksandr oleksii alexei aleksey pavlo pavel roman serhii sergei sergey svitlana svetlana taras tetiana
tatiana tatyana valentyna valentina viktor viktoria volodymyr vitalii yaroslav yevhen evgeny yulia yuliia yuri yurii zhanna
jean jeanne marie pierre jacques michel michelle francois francoise antoine antoinette nicolas nicole isabelle sophie camille
thomas philippe christophe christine catherine chantal claude laurent julien julie mathieu olivier sylvie veronique monique
abdoulaye mamadou moussa ousmane oumar ibrahima aissatou mariama kadiatou boubacar seydou souleymane awa fanta cheikh
john james robert michael david richard joseph charles william george paul peter andrew mary linda elizabeth susan
jennifer patricia margaret karen nancy helen emma daniel matthew anthony kevin steven edward brian samuel emily jessica
tesfaye abebe almaz selam haile mulu bekele girma tsegaye kidane berhane yonas nguyen nguyet thanh minh linh tran chen
wei ling priya rahul amit sunita raj singh kaur muhammed emre ayse hatice elif murat kemal selim gulsen guljan
joao jose juan pedro luis carlos miguel ana luisa carmen pilar fernando diego pablo giovanni giuseppe marco luca francesca
piotr agnieszka krzysztof katarzyna andrzej wojciech mihai ion elif gheorghe radu vasile
"""

_EASTERN = """
mohammad mohammed muhammad mohamed mohamad mehmet ahmad ahmed ahmet mahmoud mahmood mustafa mostafa ali hassan hasan hussein
husain hossein ibrahim ismail ismael yusuf yousef youssef yousuf yaqub yahya omar umar osman othman bilal khaled khalid
walid waleed tarek tariq samir samira sami salim salem saleh said saeed sayed rashid rahim karim kareem jamal jamil hamid
hamed hamza habib faisal fahad bashar bassam anas amir amjad adel adnan abdul abdel abdullah abdallah abdulrahman abdelkader
aisha aicha ayesha amina aminata amira asma dina fatima fatema fatemeh fatma fatoumata farida hala hanan hiba huda iman
jamila khadija layla leila leyla lina lubna maha malak manal mariam maryam miriam mona muna nadia nada najwa nasrin noor nour
nura rania rana rasha rim reem rima ruba sahar salma sana sara sarah shirin soraya suad sumaya wafa yasmin yasmina zahra
zainab zeinab zeynab zeynep parwana parvaneh parisa nasim narges nargis mina mehdi mahdi reza hosein behrooz behruz dariush
farhad farzad farzana jawad javad kaveh kamran laleh mahsa masoud mehran mohsen morteza nader naser nima omid parviz ramin
roya saman shahin siavash zarina gulnara ruslan rustam timur aziz aziza nigora dilshod firuza shukria gulalai zalmay najib
ghazal golnar haidar hayder jafar jaafar abbas qasim kassem laith layth mazen murad marwan munir nabil nasser nasir nizar
qais raed riad riyad sabah saad salah samer shadi sharif sherif siraj sufyan tahir talal tamer wael wisam yasin yaser yassir
zaki zayd zaid ziad ziyad abeer alaa amal arwa batoul bushra dalal doaa duaa ghada halima hasna hayat hend hind ikram ilham
inas israa jihan joumana kawthar khawla lamia latifa lubaba manar marwa maryam maysa nabila naima najla najma nawal nesrin nihal
nisreen nuha ola qamar rabia raghad rahaf rasha rawan razan reham rida sabrina safa safiya sahar sawsan shahd shaima siham sihem
souad tasnim thuraya wijdan yara yusra zeina zina abdulaziz abdulhamid abdulkarim abdulqader abdulwahab ghulam gulab hekmat
hamidullah najibullah rahmatullah esmatullah samiullah naqibullah wahid waheed nasrullah habibullah ahmadzai stanekzai mirwais
massoud sher jan agha khan mirza fawad farid feroz fraidoon homayoun jamshid khaleda latifa lailuma malalai maryam mursal
nilofar palwasha rahila roqia sediqa shabnam shaista sima spozhmai storai tahmina torpekai zainab zohra zulaikha babak bahram
behnam bijan daryoush ehsan elham erfan esmaeil fariba fereshteh forough ghasem golnaz hamideh hooman iraj jahan kambiz keyvan
kianoush ladan mahnaz maryam mahin mansour masoumeh mitra mojgan mojtaba nahid nasrin nazanin niloufar nooshin parvin payam peyman
pouya ramin sepideh setareh shabnam shahla shahram sharareh shohreh simin soheila tahereh vahid zahra azad berivan rojin roza
dilan ciwan serhat hevin jiyan rozerin sherko azadeh yilmaz osman huseyin mehmet fadime gulsum zehra hulya sevgi ozlem
selamawit tigist hirut meron rahel biniam daniel yohannes abrham tewodros mebrahtu fikru okechukwu chidi ngozi chinedu adaeze
emeka obinna kwame kofi ama akosua kwabena fatou astou sekou lamine bintou kadija aliou samba demba coumba
"""

_CYRILLIC = """
иван иванка иво ивайло ива георги димитър димитрина димитринка петър петя петко петка мария марияна мариана елена еленка
ольга олга христо христина христинка тодор тодорка стефан стефка стоян стоянка васил василка никола николай николинка
александър александра десислава даниел даниела гергана йордан йорданка красимир красимира пламен пламена румен румяна росен
росица светла светлана снежана цветан цветелина цветанка веселин веселина владимир здравко здравка калин калина бойко борис
боряна антон антония ангел ангелина анна ани атанас божидар валентин валентина ваня венцислав виктория галина галя гинка
дарина деница диана димо добри донка евгени евгения емил емилия живко жана илия илиян илияна йоана кирил кольо кремена
лидия лъчезар людмила магдалена мартин милен милена милко михаил мирослав надя невена нели огнян павел павлина паулина
пенка радка радослав радостина ралица рангел руслан савка силвия симеон симона славка спас станимир станислав таня теодора
теодор тихомир трифон филип цанко явор яна янко ясен ася гюлджан гюлсюм мехмед хасан айше фатме фатма емине зейнеб
олена олег олесь олеся оксана олександр олександра олексій андрій анастасія богдан богдана вікторія віктор віталій
володимир в'ячеслав галина ганна григорій данило дарина дмитро євген євгенія іван ірина ігор інна катерина кирило лариса
лілія любомир людмила максим марина марія маркіян микита микола михайло надія наталія наталя назар оленка остап павло петро
поліна роман руслан світлана сергій соломія софійка станіслав степан тарас тетяна уляна юлія юрій юлия юрий ярослав
ярослава яна
анатолий анатолій анастасия андрей антонина арина артём артем артур вадим валерий валерия василий виктор виталий вячеслав
геннадий григорий дарья денис дмитрий евгений екатерина зинаида игорь илья инна ирина камила кирилл константин ксения лариса
леонид любовь маргарита марк михаил никита наталия наталья нина оксана олеся павел пётр петр полина раиса римма сергей семён
степан софья станислав таисия тамара татьяна тимур ульяна фёдор федор эдуард юлиана яков алексей алёна алена алина алла
лейла лейли зарина гульнара гулнара фируза рустам тимур ренат ринат рамиль азамат бахтияр дильшод нигора умида шахноза
ахмед ахмад ахмет мохамед мохаммед мохамад мохаммад мухаммад мухаммед мохаммад мехмет махмуд мустафа али алі хасан хассан
гасан хусейн хусеин хюсеин гусейн хуссейн хоссейн ибрахим ібрагім ибрагим исмаил юсуф юсеф якуб яхья омар умар осман билал
халед халид халід валид уалид тарек тарик самир самира саміра самі сами салим салех саид саїд рашид рахим карим карім джамал
джамил хамид хамза хабиб фейсал башар башир анас амир амина аміна амира адел аднан абдул абдулла абдуллах абдулах
абдулрахман абдель аиша айша асма дина фатима фатіма фатемех фарида хала ханан хиба худа иман джамила хадиджа хадижа лина
мона нада надиа насрин нур рания рим сахар салма сара сафия шахин ширин сорая суад уафа ясмин ясмина захра захраа зайнаб
зейнаб зейнеп паруана парвана парвин мехди реза бехруз фархад фарзана джавад мохсен муртаза надер насер омид рамин роя тесфайе
абебе хайле берхане нгуен мамаду муса мурат кемал емре зейнел
"""

_ARABIC = """
محمد احمد محمود حامد حميد حمد مصطفى مرتضى مجتبى علي حسن حسين ابراهيم اسماعيل اسحاق يعقوب يوسف يحيى موسى عيسى هارون داود داوود
سليمان سلمان سليم سالم سامي سمير سميره سعد سعاد سعود خالد خليل خديجه عمر عمرو عثمان بلال طارق طه ياسر ياسين ياسمين وليد وائل هشام هيثم
حيدر كاظم جعفر جواد عباس عبدالله عبدالرحمن عبدو حمزه حبيب فيصل فهد بشار باسم بسام انس ايمن اياد ايهاب اسامه اسلام اشرف ادهم امجد انور
عدنان عماد عصام غسان فادي فراس قاسم قصي كمال لؤي مازن مالك مأمون ماجد مجدي مروان معاذ منذر منير مهند ناصر نبيل نزار نضال نادر هاني
رامي رائد رياض زياد زكريا زيد شادي صلاح طلال ضياء
فاطمه عائشه زينب مريم مريام زهراء زهرا رقيه سكينه حليمه حفصه سميه ليلى لينا لمى لبنى رانيا رنا رشا ريم ريما روان رهف رغد سارا ساره سلمى
سناء سهى سوسن شيماء عبير غاده غدير فرح فدوى كوثر منى مها ميساء ميسون نادين ناديه نجلاء نسرين نهى نور الهدى هبه هاله هند هيفاء وداد
ياسمينا يسرى جميله امينه اسماء ايمان بثينه بشرى جنان حنان دعاء ديانا دينا رباب
رضا مهدي هادي حسام حمید سعيده نرگس زهره مهناز مهسا مينا نازنين نيلوفر پريسا پروين پروانه پرويز بهروز بهرام بهمن بابك آرش اردشير
اميرعلي اميرحسين داريوش سياوش سهراب شهرام شهين شيدا فرهاد فرزاد فرزانه فريده فريبا فريدون كاوه كامران كيوان لاله ليلا محسن مسعود
مهران ميلاد نادره ناهيد نسيم نيما هوشنگ همايون هومن ژاله يلدا ساسان سيمين سودابه شكريه گلالي زلمي نجيب اجمل جاويد همايونه گلآقا
گلنار گلثوم صديقه معصومه مرضيه محبوبه منصوره منصور طاهره طاهر صفيه ثريا راضيه رحيم رحيمه رحمان كريمه قادر غفور غلام قدير عزيز عزيزه
ظاهر شفيق شفيقه بصير بصيره نثار ذبيح حشمت عصمت
اولينا ايفان ماريا الكسندر ديمتري سيرغي ناتاليا انا جورجي بيتر اوكسانا آنا اولنا ايوان ديميتري
"""

_ARABIC_MORE = """
جمال جميلا جابر جلال جهاد جوزيف جورج الياس بطرس بولس انطون حازم حاتم حنا حارث حكيم خلدون خلود خوله دانا دلال دانيال رزان رؤى رؤوف ربيع
رشيد رشيده رغده روضه ريناد زاهر زكي زكيه زهير زهور سلوى سهام سهيل سيف سيرين شهد شروق شذى شاكر شكري صبا صباح صبري صفوان ضحى عارف عاصم عامر
عاطف عائش عبدالقادر عبدالعزيز عبدالكريم عبدالحميد عبدالوهاب عبدالباسط عبدالغني عدي عزت عزام علاء عليا عمار غازي غالب فؤاد فاتن فاديه فارس فاروق فايز
فداء فواز فوزي فوزيه فيروز قيس كارم كنان لطفي لطيفه لجين ليث لميس لمياء ماريا مأمون ماري ماريانا مالا محسن محي مجيد مراد مرام مرح مروه مروى مسعود
مصعب معتز مفيد ممدوح منار منال منتهى مهاب ميار ميرنا ميس نائله نايف نبيله نجم نجوى نعمان نعيمه نغم نوال نوره نوري هاجر هادیه هاله هديل هلا
هناده هنادي وجدان وسام وسيم ولاء ياسمينه يارا يزن يزيد تامر تسنيم تيم تولين جودي جنى جوان شيلان شيرزاد روني بيريفان آزاد دلشاد سيبان هوزان
لورين نارين روكان سوزان سالي سيدرا شام تاله ايلاف ايناس الهام اكرام امال امنيه انعام اريج
بختيار مژگان مژده مهدخت مهوش مهين ميترا مجيد منوچهر منيژه مهرداد مهرنوش نسترن نگار نگين نوشين نوید نويد وحيد وحيده هاشم هاشمه يگانه ياسمن سپيده
سارينا سعيد سميع سهيلا سوسن شهلا شهره شهناز شكوفه شقايق شبنم صادق صادقه صابر صغري طيبه عاطفه عرفان عليزاده فاطيما فائزه فرخ فرشته فرشيد فروغ
فريدا فيروزه قاسمه قيصر كاميار كامبيز كوروش كيميا گلناز گلي گيتي لادن ليدا ماهرخ محدثه مجتبي مرجان مرسل مليحه ملالي مهسيما نازي نازيه
نجيبه نجيبالله رحمتالله حبيبالله عصمتالله نصرالله سميعالله حميدالله نقيبالله اسدالله امانالله عنايتالله ذبيحالله شير ميرويس همت تهمينه
تورپيكي پلوشه زرمينه زرغونه رويا رويه روحينا رونا راحيله شازيه شايسته شكيلا شكيبا سهيله صالحه صنم فوزيه گل‌آقا گلاب مينه هماي وژمه
بابك بيژن بهاره بهنام بهناز پدرام پيام پويا پوريا تهمينه ترانه جمشيد جهانگير حميده خسرو داوود رامين رستم ركسانا روزبه زينت ژينا سامان
سياوش سينا شايان شهريار شهرزاد فرامرز فرهنگ كيانوش كيارش مانا مازيار ماهان مهتاب مهراب مهرناز نويد هستي هانيه ياشار
"""

_COMMON = """
rose mark will may grant hope faith grace bill jack victor claire fleur aimee lily violet daisy summer april june
angel christian art frank gene miles guy sky joy dawn drew ray pat sue bob rim sana mona maha said salem hala wei ling ion
ana minh selam singh raj marco chen mina iman noor nour mulu malak lina marie pierre olivier camille claude
вяра вера віра любов любовь надежда надія надія роза слава мир лев мила ясен камен искра зора калина калин пламен пламена
румен росен спас ангел явор светла росица станислав марк нур али рим хала лина нада дина ива ани мина омид
слава ваня иво мария-луиза роман максим марина карим салим тимур хиба дарина любомир рим сана маха мона мина муна сима рида ола ама жан нада хала лина шам самба хинд хан агха зина зеина хаят ася добри петко невена цветан марка
امل نور سلام كريم سعيد جميل جميله حياه هدى نجاح فرح امين صالح عادل وفاء صفاء هناء شريف ماهر ناجح احسان اسلام ايمان حنان رحمه رحيم رحمان عزيز
جواد دعاء هبه بشرى ضياء صلاح رباب سناء منى يسرى اسماء هند هادي سالم سليم حميد حامد سعد قاسم مالك ماجد كمال رائد طه منير نادر نادره ناصر
منصور طاهر طاهره ظاهر غلام قادر قدير بصير شفيق شاهد باسم انور نثار عصمت حشمت رياض طلال جنان كوثر غدير فهد نضال معاذ
شام صباح صبا ربيع حكيم جلال جهاد عامر غالب فارس فداء مفيد نجم نوري نوره مجيد وسيم سيف صادق شكري شروق مروه مرح منار منال نغم هلا همت
شير رويا ترانه فرشته نگار نگين نويد پيام پويا هستي سينا مانا وحيد قيصر صابر صنم هاشم سميع شكوفه شقايق سپيده ياسمن يگانه مرجان مهتاب مازيار عارف عزت
تيم جودي جوان تاله مژده طيبه رشيد حازم حاتم حارث زاهر شاكر عاصم فايز كارم محسن ممدوح معتز نايف صالحه شايسته مليحه محبوب الهام اكرام انعام
اميد شادي ستاره پروانه پيمان مهر آرزو بهار نسيم سحر خورشيد گل شيرين آزاده بهمن لاله مينا زهره ثريا ميلاد هما پرويز حبيب مسعود محبوبه
"""

_LETTERS = (
    ("shch", "щ"), ("sh", "ш"), ("kh", "х"), ("zh", "ж"), ("ch", "ч"), ("ts", "ц"), ("ya", "я"), ("yu", "ю"), ("ou", "у"), ("ee", "и"),
    ("oo", "у"), ("aa", "а"), ("gh", "г"), ("ll", "лл"), ("q", "к"), ("w", "у"), ("x", "кс"), ("c", "к"),
    *zip("abvgdezijklmnoprstufhy", "абвгдезиджклмнопрстуфхй".replace("дж", "ж"), strict=True),
)  # fmt: skip


def _cyrillic(name: str) -> str:
    """As it is written where it came by ear."""
    for latin, letter in _LETTERS:
        name = name.replace(latin, letter)
    return name


_HEARD = " ".join(_cyrillic(one) for one in _EASTERN.split())
GIVEN = frozenset(
    fold(f"{_LATIN} {_EASTERN} {_CYRILLIC} {_HEARD} {_HEARD.replace('и', 'і')} {_ARABIC} {_ARABIC_MORE}")
    .replace("ى", "ي")
    .split()
)
"""As keys; the Arabic ى as ي."""
COMMON = frozenset(fold(_COMMON).replace("ى", "ي").split())
"""Names that are words as well: alone at the start of a sentence, or in a script without capitals, they name nobody."""

CASES = (
    "", "а", "у", "ю", "я", "ом", "ем", "ою", "ею", "ові", "еві", "єм", "і", "и", "ы", "е", "ой", "ей", "ию", "ії", "ією", "ии", "ию",
    "ией", "ця", "ьо", "ко", "те", "ь",
)  # fmt: skip
"""Endings that Bulgarian, Ukrainian and Russian hang on a name."""
SURNAME = (
    r"(?:\w{2,}(?:ов|ев|ева|ова|єв|єва|енко|енка|енку|ченко|чук|чука|щук|ишин|ович|евич|овна|евна|івна|івни|івною|іївна|швили|задe|заде|"
    r"оглу|цький|цька|зький|зька)|\w{2,}(?:ova|eva|enko|chuk|shchuk|ovych|ovich|evich|zadeh|zade|oglu|nejad|nezhad|ullah|uddin|zai|shvili))"
)
SURNAME_ARABIC = (
    r"(?:\w{2,}(?:زاده|پور|نژاد|اللهي|الدين|ياني|خاني|اوغلو|چي?ان|فينا|نكو|وفا|وف)|(?:عبد|نور|شمس|صلاح)ال\w{3,})"
)
