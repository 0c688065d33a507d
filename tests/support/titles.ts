/** Films of the world by their own titles: what somebody types to find them, and their plain form where there is one. */
export interface WorldTitle {
  script: string
  title: string
  /** Other things that people type for it. */
  typed: string[]
}

const film = (script: string, title: string, ...typed: string[]): WorldTitle => ({
  script,
  title,
  typed,
})

export const TITLES: WorldTitle[] = [
  film('Turkish', 'Kış Uykusu', 'kis uykusu', 'KIŞ UYKUSU'),
  film('Turkish, dotted', 'İzmir’in Işıkları', 'izmir', 'İZMİR', 'isiklari', 'ışıkları'),
  film('Polish', 'Łódź, ziemia obiecana', 'Lodz', 'łódź'),
  film('German', 'Die Straße', 'Strasse', 'STRASSE', 'straße'),
  film('German, umlaut', 'Die Bücherdiebe', 'Bucherdiebe', 'Buecherdiebe'),
  film('French', 'Un cœur en hiver', 'coeur', 'CŒUR'),
  film('Danish', 'Bjørn og Åse', 'Bjorn', 'Bjoern', 'Ase'),
  film('Icelandic', 'Þrestir í maí', 'threstir', 'mai'),
  film('Maltese', 'Il-Ħelsien', 'helsien', 'ħelsien'),
  film('Vietnamese', 'Mùi đu đủ xanh', 'du du xanh', 'đu đủ'),
  film('Hungarian', 'Sátántangó', 'satantango'),
  film('Czech', 'Ostře sledované vlaky', 'ostre sledovane'),
  film('Romanian', '4 luni, 3 săptămâni și 2 zile', 'saptamani', 'șaptămâni'.replace('ș', 's')),
  film('Croatian', 'Đavolji raj', 'davolji'),
  film('Azerbaijani', 'Arşın mal alan və Əhməd', 'arsin', 'ehmed'),
  film('Hawaiian', 'Kaʻiulani', 'kaiulani', 'Ka’iulani'),
  film('Russian', 'Ёлки и сосны', 'елки', 'ЁЛКИ', 'сосн'),
  film('Ukrainian', 'Тіні забутих предків', 'тіні', 'ПРЕДКІВ'),
  film('Serbian', 'Живот је чудо', 'чудо'),
  film('Kazakh', 'Тюльпан қайда', 'қайда'),
  film('Greek', 'Το βλέμμα του Οδυσσέα', 'ΒΛΕΜΜΑ', 'οδυσσεα'),
  film('Armenian', 'Նռան գույնը', 'գույնը', 'ՆՌԱՆ'),
  film('Georgian', 'მონანიება', 'მონანიება', 'ᲛᲝᲜᲐᲜᲘᲔᲑᲐ'),
  film('Hebrew', 'ואלס עם בשיר', 'ואלס', 'וַאלְס'),
  film('Arabic', 'أحلام المدينة', 'احلام', 'المدينه', 'المـــدينة'),
  film('Persian', 'جدایی نادر از سیمین', 'جدايي', 'سیمین'),
  film('Urdu', 'خاموش پانی', 'پانی', 'پاني'),
  film('Amharic', 'ጤዛ በአዲስ አበባ', 'ጤዛ'),
  film('Hindi', 'पाथेर पांचाली', 'पांचाली', 'पाथेर पांचाली'),
  film('Bengali', 'মেঘে ঢাকা তারা', 'ঢাকা'),
  film('Punjabi', 'ਅੰਨ੍ਹੇ ਘੋੜੇ ਦਾ ਦਾਨ', 'ਘੋੜੇ'),
  film('Gujarati', 'ભવની ભવાઈ', 'ભવાઈ'),
  film('Tamil', 'நாயகன்', 'நாயகன்'),
  film('Telugu', 'శంకరాభరణం', 'శంకరాభరణం'),
  film('Kannada', 'ಘಟಶ್ರಾದ್ಧ', 'ಘಟಶ್ರಾದ್ಧ'),
  film('Malayalam', 'എലിപ്പത്തായം', 'എലിപ്പത്തായം'),
  film('Sinhala', 'ගම්පෙරළිය', 'ගම්පෙරළිය'),
  film('Thai', 'ลุงบุญมีระลึกชาติ', 'ระลึกชาติ', 'บุญมี'),
  film('Lao', 'ສະບາຍດີຫຼວງພະບາງ', 'ຫຼວງພະບາງ'),
  film('Khmer', 'រូបភាពដែលបាត់', 'បាត់'),
  film('Burmese', 'မန္တလေးလမ်း', 'လမ်း'),
  film('Tibetan', 'ཕོར་པའི་རྩེད་མོ', 'རྩེད'),
  film('Mongolian', 'ᠮᠣᠩᠭᠣᠯ ᠬᠢᠨᠣ', 'ᠬᠢᠨᠣ'),
  film('Chinese', '臥虎藏龍之青冥寶劍', '藏龍', '青冥', '劍'),
  film('Japanese', '千と千尋の神隠し', '神隠し', '千尋', '千'),
  film('Katakana', 'シン・ゴジラ対コンピューター', 'ｺﾞｼﾞﾗ', 'ゴジラ', 'ごじら', 'コンピュータ'),
  film('Korean', '살인의추억과기생충', '기생충', '추억', '기생충'.normalize('NFD')),
  film('Cherokee', 'ᏣᎳᎩ ᎦᏬᏂᎯᏍᏗ', 'ᏣᎳᎩ'),
  film('Full width', 'ＡＫＩＲＡ２０８８', 'akira', 'AKIRA2088'),
  film('Signs', 'WALL·E: M*A*S*H', 'wall-e', 'walle', 'mash', 'M*A*S*H'),
  film('Apostrophe', 'Ocean’s L’Avventura', 'oceans', 'avventura', "l'avventura"),
  film('Fraction', '8½ Otto e mezzo', '8½', '8 1/2'),
]
