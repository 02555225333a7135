"""Names, places, browsers and words for titles: invented or everyday, in several scripts."""

from __future__ import annotations


def _words(*lines: str) -> list[str]:
    return "".join(lines).split("|")


FIRST_NAMES = {
    "F": _words(
        "Aaliyah|Amélie|Ayşe|Björk|Chloë|Dóra|Elif|Fatou|Grace|Hana|Ingrid|Jasmine|Kirsten|",
        "Lily|Mia|Nadia|Olivia|Zoë|Renée|Sofía|Tegan|Ursula|Violet|Wanjiru|Xenia|Yuki|Žofia|",
        "Layla",
    ),
    "M": _words(
        "Ahmed|Ásgeir|Bartosz|Carlos|Diego|Emil|François|Günther|Henrik|Ivan|Jörg|Kevin|Łukasz|",
        "Mateo|Nikolaj|Óscar|Pétur|Quentin|Ryan|Søren|Tomáš|Umar|Víctor|Walter|Yusuf|Zsolt|",
        "Kenji",
    ),
}
LAST_NAMES = _words(
    "Adams|Bergström|Castillo|Díaz|Ekström|Fox|Garcia|Håkansson|Ivanova|Jóhannsson|",
    "Kowalski|Lynch|Müller|Nguyễn|O'Brien|Pérez|Quinn|Ramírez|Smith|Tanaka|Uzun|Vukić|",
    "Watkins|Xu|Yılmaz|Zając|Cuevas|Harrell|Koch|Levine|Summers|Frost",
)
PLACES = _words(
    "San Francisco-Oakland-Hayward, CA|New York-Newark-Jersey City, NY-NJ-PA|",
    "Tampa-St. Petersburg, FL|Chicago-Naperville-Elgin, IL-IN-WI|Lansing-East Lansing, MI|",
    "Winston-Salem, NC|Waterloo, IA|Portland-South Portland, ME|",
    "Atlanta-Sandy Springs-Roswell, GA|Janesville-Beloit, WI|San Juan-Carolina-Caguas, PR|",
    "Cañon City, CO|Houston-The Woodlands, TX|La Crosse, WI-MN|Lake Havasu City, AZ|",
    "Red Bluff, CA|Marinette, WI-MI|Saginaw, MI",
)
ARTIST_PLACES = _words(
    "London, England|Reykjavík, Iceland|São Paulo, Brazil|Montréal, Québec|",
    "Göteborg, Sweden|Łódź, Poland|Detroit, MI|Bogotá, Colombia|Zürich, Switzerland|東京|",
    "New Orleans, LA|Dakar, Sénégal",
)
AGENTS = (
    '"Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/36.0.1985.143 Safari/537.36"',
    '"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_9_4) AppleWebKit/537.36 (KHTML, like Gecko) '
    'Chrome/36.0.1985.125 Safari/537.36"',
    '"Mozilla/5.0 (iPhone; CPU iPhone OS 7_1_2 like Mac OS X) AppleWebKit/537.51.2 '
    '(KHTML, like Gecko) Version/7.0 Mobile/11D257 Safari/9537.53"',
    "Mozilla/5.0 (Windows NT 6.1; WOW64; rv:31.0) Gecko/20100101 Firefox/31.0",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:31.0) Gecko/20100101 Firefox/31.0",
    "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1; WOW64; Trident/5.0)",
)
BAND_FIRST = _words(
    "The Copper|Los|Silent|Neon|Die|Sigur|Les|Electric|Paper|Blå|Wild|Saint|DJ|Old|Crystal|",
    "Männer|Little|Águas|Northern|Grand",
)
BAND_LAST = _words(
    "Lanterns|Años|Harbour|Foxes|Ärzte|Rós|Étoiles|Tigers|Orchestra|Himmel|Rivers|Motel|",
    "Kömür|Machine|Parade|Straße|Sisters|Claras|Lights|Ocean",
)
TITLE_FIRST = _words(
    "Midnight|Una|Sober|Golden|Nächte in|Last|Every|Sæglópur|Don't|Été|Broken|If Only|Über|",
    "Cold|Hey|愛の|Slow|Three|Ljós|Corazón",
)
TITLE_LAST = _words(
    "Train|Noche|Sunday|Roads|Berlin|Summer|Hearts|Part II|Let Go|Éternel|Mirror|We Knew|",
    'Alles|Rain|Jóga|歌|Dancing|Little Words|Myrkur|"Live", 1999',
)
