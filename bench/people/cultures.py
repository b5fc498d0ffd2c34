"""The names of eighteen cultures. All are combined by chance; none is a person's."""

from __future__ import annotations

from bench.people.culture import Culture, parts

CULTURES: dict[str, Culture] = {
    "Chinese": Culture(
        "CHN", ("FG",),
        parts(
            "Xiaoling/Xiao_Ling/Hsiaoling=晓玲 Meifang/Mei_Fang=美芳 Yuhan/Yu_Han=雨涵 "
            "Lihua/Li_Hua=丽华 Jing/Ching=静 Xuemei/Xue_Mei=雪梅 Na=娜 Yan/Yen=燕 Qian/Chien=倩 "
            "Wenjing/Wen_Jing=文静 Rong/Jung=蓉 Shuzhen/Shu_Zhen=淑珍"
        ),
        parts(
            "Wei=伟 Jianguo/Jian_Guo/Chienkuo=建国 Zhiqiang/Zhi_Qiang=志强 Haoran/Hao_Ran=浩然 "
            "Lei=磊 Junjie/Jun_Jie=俊杰 Guoping/Guo_Ping=国平 Xuefeng/Xue_Feng=雪峰 Bin/Pin=斌 "
            "Zhenyu/Zhen_Yu=振宇 Qiang/Chiang=强 Mingzhe/Ming_Zhe=明哲"
        ),
        parts(
            "Wang=王 Zhang/Chang=张 Liu=刘 Zhao/Chao=赵 Xu/Hsu=徐 Zhou/Chou=周 Huang/Hwang=黄 "
            "Sun=孙 Zhu/Chu=朱 He/Ho=何 Guo/Kuo=郭 Lin=林 Luo/Lo=罗 Xie/Hsieh=谢 Deng/Teng=邓 "
            "Cao/Tsao=曹 Peng=彭 Jiang/Chiang=蒋 Cai/Tsai=蔡 Ye/Yeh=叶"
        ),
    ),
    "Taiwanese": Culture(
        "TWN", ("FG", "GF"),
        parts(
            "Yi-Chun/Yichun/Yi_Jun=怡君 Shu-Fen/Shufen=淑芬 Mei-Hui/Meihui=美惠 "
            "Ya-Ting/Yating=雅婷 Chia-Ling/Jialing=佳玲 Hsin-Yi/Xinyi=欣怡 Pei-Shan/Peishan=佩珊 "
            "Hui-Wen/Huiwen=惠雯 Tzu-Han/Zihan=子涵 Szu-Yu/Siyu=思妤"
        ),
        parts(
            "Chih-Ming/Zhiming=志明 Chun-Chieh/Junjie=俊傑 Chia-Hao/Jiahao=家豪 "
            "Chien-Hung/Jianhong=建宏 Tsung-Han/Zonghan=宗翰 Kuan-Yu/Guanyu=冠宇 Po-Han/Bohan=柏翰 "
            "Wen-Hsiung/Wenxiong=文雄 Cheng-En/Chengen=承恩 Yu-Hsiang/Yuxiang=宇翔"
        ),
        parts(
            "Chen=陳 Lin=林 Huang=黃 Chang/Zhang=張 Li/Lee=李 Wang=王 Wu=吳 Liu=劉 Tsai/Cai=蔡 "
            "Yang=楊 Hsu/Xu=許 Cheng/Zheng=鄭 Hsieh/Xie=謝 Kuo/Guo=郭 Hung/Hong=洪 Chiu/Qiu=邱 "
            "Tseng/Zeng=曾 Liao=廖 Lai=賴 Chou/Zhou=周"
        ),
    ),
    "Korean": Culture(
        "KOR", ("FG", "GF"),
        parts(
            "Min-seo/Minseo/Min_Suh=민서 Ji-hye/Jihye/Jee_Hye=지혜 Soo-jin/Sujin/Soojin=수진 "
            "Eun-ji/Eunji/Unji=은지 Hye-won/Hyewon=혜원 Yoo-na/Yuna=유나 "
            "Seo-yeon/Seoyeon/Suh_Yun=서연 Mi-kyung/Migyeong=미경 Da-eun/Daeun=다은 "
            "Ha-neul/Haneul=하늘"
        ),
        parts(
            "Min-jun/Minjun/Min_Joon=민준 Ji-hoon/Jihun/Jee_Hoon=지훈 Sung-ho/Seongho=성호 "
            "Dong-hyun/Donghyeon/Dong_Hyeon=동현 Young-soo/Yeongsu/Yong_Su=영수 "
            "Jae-won/Jaewon=재원 Tae-yang/Taeyang=태양 Hyun-woo/Hyeonu=현우 "
            "Kyung-min/Gyeongmin=경민 Seung-jae/Seungjae=승재"
        ),
        parts(
            "Kim/Gim=김 Lee/Yi/Rhee=이 Park/Bak/Pak=박 Choi/Choe=최 Jung/Jeong/Chung=정 "
            "Kang/Gang=강 Cho/Jo=조 Yoon/Yun=윤 Jang/Chang=장 Lim/Im=임 Han=한 Oh/O=오 Seo/Suh=서 "
            "Shin/Sin=신 Kwon/Gwon=권 Hwang=황"
        ),
    ),
    "Japanese": Culture(
        "JPN", ("GF", "FG"),
        parts(
            "Yoko/Youko=陽子 Sakura=さくら Yuko/Yuuko=裕子 Akari=明里 Emi=恵美 Tomoko=智子 "
            "Naomi=直美 Keiko=恵子 Ayumi=歩 Mio=美緒"
        ),
        parts(
            "Hiroshi=浩 Takashi=隆 Kenji=健二 Shota/Shouta=翔太 Yusuke/Yuusuke=雄介 "
            "Ryota/Ryouta=亮太 Daiki=大輝 Makoto=誠 Satoshi=聡 Koji/Kouji=浩二"
        ),
        parts(
            "Sato/Satou=佐藤 Suzuki=鈴木 Takahashi=高橋 Tanaka=田中 Ito/Itou=伊藤 Kobayashi=小林 "
            "Kato/Katou=加藤 Yoshida=吉田 Ono/Oono=大野 Saito/Saitou=斎藤 Endo/Endou=遠藤 "
            "Goto/Gotou=後藤 Kudo/Kudou=工藤 Okada=岡田 Shimizu=清水"
        ),
    ),
    "Vietnamese": Culture(
        "VNM", ("FgG", "GgF"),
        parts("Ánh Hương Lan Mai Phương Thảo Linh Trang Ngọc Hoa Yến Thủy"),
        parts("Tuấn Long Nam Quang Dũng Hùng Sơn Minh Đức Khánh Phúc Hải"),
        parts("Nguyễn Trần Lê Phạm Hoàng/Huỳnh Phan Vũ/Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý"),
    ),
    "Indian": Culture(
        "IND", ("GF", "GgF"),
        parts(
            "Lakshmi/Laxmi Priya/Priyaa Sunita/Suneeta Anjali Deepika/Dipika Kavita/Kavitha "
            "Geeta/Gita Pooja/Puja Meera/Mira Shweta/Swetha"
        ),
        parts(
            "Rajesh/Rajes Suresh Krishna/Krishnan Vijay/Vijai Sandeep/Sandip Manoj Ravi "
            "Sanjay/Sanjai Ashok/Asok Deepak/Dipak Venkatesh/Venkatesan"
        ),
        parts(
            "Sharma/Sarma Verma/Varma Gupta Iyer/Aiyar Reddy/Reddi Mukherjee/Mukherji "
            "Chowdhury/Choudhary Agarwal/Aggarwal Nair/Nayar Pillai/Pillay Kulkarni "
            "Banerjee/Banerji"
        ),
        initials=True,
    ),
    "Tamil": Culture(
        "IND", ("GP",),
        parts(
            "Kavitha/Kavita Selvi Revathi/Revati Malathi/Malati Vasanthi/Vasanti Yamuna "
            "Chitra/Chithra Amutha/Amudha"
        ),
        parts(
            "Murugan/Murukan Selvam Arumugam/Arumukam Karthik/Kartik Senthil/Sendhil "
            "Ganesan/Ganeshan Muthu Kumaran Palani/Pazhani Ilango/Elango"
        ),
        father="s/o", mother="d/o", initials=True,
    ),
    "Malay": Culture(
        "MYS", ("GP",),
        parts(
            "Aisyah/Aisha/Aishah Nurul Siti Faridah/Farida Zainab/Zaynab Halimah/Halima Rohani "
            "Norhayati/Nurhayati Azizah/Aziza"
        ),
        parts(
            "Ahmad/Ahmed Muhammad/Mohamad/Mohd Ismail Zulkifli/Zulkiflee Hafiz/Hafidz Azman "
            "Rahman/Rahmat Yusof/Yusuf Razak/Razaq Hamzah/Hamza"
        ),
        father="bin", mother="binti",
    ),
    "Yemeni": Culture(
        "YEM", ("GPF", "GF"),
        parts(
            "Fatima/Fatimah=فاطمة Layla/Laila/Leila=ليلى Amina/Aminah=أمينة Huda=هدى "
            "Samira/Sameera=سميرة Nadia/Nadiya=نادية"
        ),
        parts(
            "Mohammed/Muhammad/Mohamed=محمد Abdullah/Abdallah/Abd_Allah=عبدالله "
            "Hussein/Husain/Hussain=حسين Saleh/Salih=صالح Khaled/Khalid=خالد Omar/Umar=عمر "
            "Youssef/Yusuf/Yousif=يوسف Nasser/Nasir=ناصر Saeed/Said=سعيد Faisal/Faysal=فيصل"
        ),
        parts(
            "Al-Hamdani/Alhamdani/Hamdani=الهمداني Bawazir/Bawazeer=باوزير "
            "Al-Attas/Alatas/Alattas=العطاس Basalamah/Basalama=باسلامة Al-Sanani/Sanani=الصنعاني "
            "Al-Amri/Alamri/Amri=العمري Bin_Shihab/Shihab=شهاب Al-Qadi/Alkadi/Qadhi=القاضي"
        ),
    ),
    "Egyptian": Culture(
        "EGY", ("GPF",),
        parts(
            "Mona/Muna=منى Heba/Hiba=هبة Nour/Nur=نور Dina/Deena=دينا Yasmin/Yasmeen=ياسمين "
            "Rania/Raniya=رانيا Aya=آية"
        ),
        parts(
            "Ahmed/Ahmad=أحمد Mahmoud/Mahmud=محمود Mostafa/Mustafa=مصطفى Tarek/Tariq=طارق "
            "Karim/Kareem=كريم Sherif/Sharif=شريف Hossam/Husam=حسام Amr/Amro=عمرو"
        ),
        parts(
            "Elsayed/El-Sayed/Alsayed=السيد Mansour/Mansur=منصور Soliman/Sulaiman=سليمان "
            "Abdelrahman/Abdel_Rahman/Abdulrahman=عبدالرحمن Farouk/Faruk=فاروق Hegazy/Higazi=حجازي "
            "Shawky/Shawqi=شوقي"
        ),
    ),
    "Russian": Culture(
        "RUS", ("GF", "FGP"),
        parts(
            "Ekaterina/Yekaterina=Екатерина Yulia/Iuliia/Julia=Юлия Tatiana/Tatyana=Татьяна "
            "Natalia/Nataliya=Наталья Anastasia/Anastasiia=Анастасия Evgenia/Yevgeniya=Евгения "
            "Olga=Ольга"
        ),
        parts(
            "Sergey/Sergei/Sergej=Сергей Dmitry/Dmitrii/Dmitriy=Дмитрий "
            "Aleksey/Alexei/Aleksei=Алексей Evgeny/Yevgeni/Evgenii=Евгений Mikhail/Michail=Михаил "
            "Aleksandr/Alexander=Александр Andrey/Andrei=Андрей"
        ),
        parts(
            "Kuznetsov/Kuznecov=Кузнецов Vasiliev/Vasilyev=Васильев Mikhailov/Mihailov=Михайлов "
            "Zaitsev/Zaytsev=Зайцев Solovyov/Soloviev=Соловьёв Fyodorov/Fedorov=Фёдоров "
            "Yakovlev/Iakovlev=Яковлев Ivanov=Иванов Popov=Попов Novikov=Новиков"
        ),
    ),
    "Burmese": Culture(
        "MMR", ("G", "Gg"),
        parts(
            "Thiha_Aye/Thihaaye Khin_Mar/Khinmar Su_Su Hnin_Ei/Hnin_Aye Thandar/Thanda May_Thet "
            "Nilar/Nila Ei_Phyu/Aye_Phyu"
        ),
        parts(
            "Aung_Ko/Aungko Thiha Zaw_Min/Zawmin Kyaw_Soe/Kyawsoe Htet_Naing/Htetnaing "
            "Ye_Lin/Yelin Min_Thu/Minthu Soe_Win"
        ),
    ),
    "Filipino": Culture(
        "PHL", ("GgfF", "GF"),
        parts(
            "Maria/Ma. Cristina/Kristina Rosario Teresita/Teresa Jocelyn/Joselyn Lourdes "
            "Marites/Maritess Analyn/Annalyn"
        ),
        parts(
            "Jose/Joseph Reynaldo/Renaldo Rodrigo Danilo/Dan Ernesto Ramon/Raymond Arnel "
            "Eduardo/Edward"
        ),
        parts(
            "Dela_Cruz/De_La_Cruz/Delacruz Santos Reyes Bautista/Bautista Villanueva/Vilanueva "
            "Magsaysay Gonzales/Gonzalez Mendoza"
        ),
        initials=True,
    ),
    "Timorese": Culture(
        "TLS", ("GfF", "GF"),
        parts("Maria Filomena Domingas Ermelinda Joana Natalina/Natália Cecília/Cecilia Rosa"),
        parts("João/Joao Domingos Agostinho Mário/Mario Francisco Abílio/Abilio Zeferino Martinho"),
        parts(
            "da_Costa/Costa Soares dos_Santos/Santos Ximenes/Jimenes Guterres/Gutteres Belo/Bello "
            "Pereira Amaral"
        ),
    ),
    "Dutch": Culture(
        "NLD", ("GF", "GgF"),
        parts(
            "Annelies/Annelise Femke Johanna/Hanna Marieke/Mariëke Sanne Willemijn/Willemien Lotte "
            "Maartje"
        ),
        parts("Hendrik/Henk Pieter/Piet Willem/Wim Sjoerd Joost Gijsbert/Gijs Matthijs/Mathijs Thijs"),
        parts(
            "van_der_Berg/Vanderberg/v.d._Berg de_Vries/Vries van_Dijk/van_Dyk Visser Bakker "
            "Hoekstra ten_Brink/Tenbrink Kuijpers/Kuypers"
        ),
    ),
    "German": Culture(
        "DEU", ("GF", "GgF"),
        parts("Ute Sabine Käthe/Kaethe Jutta Heike Ursula/Uschi Grit Frauke"),
        parts(
            "Jürgen/Juergen Günter/Guenter Matthias/Mathias Stefan/Stephan Jörg/Joerg Uwe "
            "Ralf/Ralph Detlef"
        ),
        parts(
            "Müller/Mueller Schäfer/Schaefer Vogel Weiß/Weiss Köhler/Koehler Schröder/Schroeder "
            "Krause Jäger/Jaeger"
        ),
    ),
    "Turkish": Culture(
        "TUR", ("GF",),
        parts("Ayşe/Ayse Gülşen/Gulsen Çiğdem/Cigdem Özlem/Ozlem Şule/Sule Nurcan Zeynep Fadime"),
        parts(
            "Mehmet/Mehmed Çağlar/Caglar Oğuz/Oguz Yiğit/Yigit İbrahim/Ibrahim Hüseyin/Huseyin "
            "Emre Volkan"
        ),
        parts(
            "Yılmaz/Yilmaz Şahin/Sahin Çelik/Celik Öztürk/Ozturk Doğan/Dogan Koç/Koc Aydın/Aydin "
            "Güneş/Gunes"
        ),
    ),
    "Bangladeshi": Culture(
        "BGD", ("GgF", "GF"),
        parts(
            "Nasrin/Nasreen Sharmin/Sharmeen Rokeya/Rukaiya Shirin/Shireen Farhana Taslima/Taslema "
            "Jahanara Salma"
        ),
        parts(
            "Md./Mohammad/Muhammed Shahidul/Shohidul Rafiqul/Rafikul Anwar/Anowar Kamrul/Qamrul "
            "Jahangir Mizanur Abdul/Abdool"
        ),
        parts(
            "Hossain/Hussain/Hossen Islam Rahman/Rohman Ahmed/Ahmmed Chowdhury/Choudhury "
            "Khatun/Khatoon Begum/Begom Sarker/Sarkar"
        ),
    ),
}  # fmt: skip
