"""Word lists for finding schools and terms in Dutch sentences, all folded (lower case, no accents)."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES = _words("de het t een n den die dat deze dit")

FILLERS = _words(
    """
    aan aandacht aanmelden aanmelding aanbod aanbieden aanbiedt aanbieding aankomend aantal achter adres adressen
    adress adresgegevens af afspraak al alle alleen allemaal alles alsjeblieft als alstublieft alvast alweer ander
    andere anders antwoord april asjeblieft aub augustus auto basisscholen basisschool bedankt beetje begint begin
    beide bel bellen belang ben benieuwd bent bereik bereiken bereikbaar beschikbaar best beste bestaat bestaan
    bestuur besturen schoolbestuur bezoeken bezoek bieden biedt bij bijvoorbeeld binnen binnenkort boven brief bus
    buurt contact contactgegevens daar daarvoor dag dan dank dankjewel dankuwel dat de den deze dichtbij
    dichtstbijzijnde die dit doe doen doet dochter document documenten door doorgeven download downloaden downloads
    dus echt eens eerst eigenlijk eind elke en er ergens even extra fiets fijn foto gaan gaat geef geeft gegeven
    gegevens geleden geen geven gebouw geldt gevonden gezin goed goede goeie goedemiddag goedemorgen goedenavond
    graag groep groepen groot gwn gewoon haal haar had hallo hartelijk heb hebben hebt heeft heel heet heten help
    helpen hem hen her hier hij hoe hoelang hoeveel hoi hoort horen huis hulp iemand ik in info informatie
    informatiepunt is ivm ja jaar jammer je jij jou jouw juf juist juiste juli jullie juni kan kennen kent kiezen
    kijk kijken kind kinderen klas klassen kleinzoon kleindochter kleuter kleuters kom komen komend komende komt kon
    kun kunnen kunt kwijt laat lang leerling leerlingen leert leraar lezen leuk leuke ligt liggen lijkt lijst
    lijstje link linkje locatie locaties maar maak maken mag mail mailadres mailen man meer meester mee meisje
    meneer met mevrouw middag mij mijn min misschien mn moet moeten mogelijk mogen morgen mooi moeder na naam naar
    naast namen nabij net neef nicht niet niets nieuw nieuwe nodig nog nou nr nu nummer nummers of ofzo oke om
    omgeving onder ondersteuning ondersteuningsaanbod ondersteuningsprofiel ondersteunings profiel onderwijs ons
    onze ook oom op open openingstijden opa oma opnieuw opvragen over oud ouder ouders overstap pagina papier passen
    passende past pdf per persoon plaats plek postcode postcodes precies probeer profiel publiceert publiceren regio
    route rond rondom s school scholen schoolgids schooltje schooltijden schoolondersteuningsprofiel schooljaar site
    sinds snel soms soort soorten sop speciaal speciale st staan staat stad stadsdeel straat straten straks stuur
    sturen svp t tegen tel tele telefoon telefonisch telefoonnr telefoonnummer telefoonnummers terecht te toch toe
    toen tot tussen twee u uit uur uw vader vak van vanaf vandaag vanuit vd veel verder verhuisd verhuizen vertel
    vertellen vestiging vestigingen vind vinden vindt voor voornaam vraag vragen vrouw waar waaraan waarin waarom
    waarop waarvan wanneer wat we web webadres website weer weet weg wel welk welke wie wij wil willen wilt wijk
    wijken wist woensdag wonen wonende woon woont worden wordt wou wordt zal zat ze zei zeg zeggen zeker zelf zich
    zie zien zij zijn zit zitten zo zoals zoek zoeken zoekt zoiets zoon zorg zou zouden horen valt vallen toevallig
    eentje mailtje gids nee prima goedendag dag groetjes bvd eea etc enz online inloggen digitaal verwees verwijst
    stuurde bericht kopje stukje plan plannen bestand los gratis hun hen zonder hele nieuwste actuele recente
    laatste overzicht bekijken inzien krijgen krijg ontvangen toegang mogelijkheid openbaar openbare christelijk
    christelijke katholiek katholieke islamitisch islamitische havo vwo vmbo mavo gymnasium brugklas kids zoontje
    dochtertje broer zus zusje broertje jongen vriend vriendin maandag dinsdag donderdag vrijdag zaterdag zondag
    januari februari maart mei september oktober november december
    """
)
"""Words that are never part of the name of a school and do not make one doubtful."""

NOT_SCHOOLS = _words(
    """
    adres adressen aders archief artiest artikel aarde agenten agentuur auto baan banen baren baten baden balen
    balken bakken bazen beken belken competitie columns kamelen kakelen klimaat kreng kering kling kringen ontdekken
    ontdekkend onttrekking ruim ruime ruimer ruimtes ruimten regenbos palen paren pakket planet samenspelen
    samenstelt spectra verandering veranderingen vermindering verhindering verwijdering verwonding verbreding
    verbanning verbinden verbindend verbindingen verbranding verbeelden vergelding vermelding verzending verwijding
    verzanding verzoening verbetering buitenkomt buitenpost buitenhuis buitenland poortje klinker letterend notaris
    partner partners polen
    """
)
"""Ordinary words that look like the name of a school with a typing error in it."""

SCHOOL_WORDS = _words(
    """
    basisschool bassischool basischool school daltonschool jenaplanschool montessorischool obs cbs kbs pcb rkbs ikc
    sbo so vso college lyceum gymnasium scholengemeenschap osg
    """
)

PLACE_WORDS = _words("in te uit vanuit nabij")
"""Words before the name of a place."""

PLACES = _words("almere haven stad poort buiten hout flevoland nederland centrum")
"""Names of places that never make the name of a school doubtful."""

ASKED_FOR = _words(
    "adres telefoonnummer telefoonnr telefoon nummer nr website site sop profiel ondersteuningsprofiel van bij"
)
"""Words after which a name comes."""

NOT_TERMS = _words(
    """
    vermindering verhindering verhinderd verandering veranderingen veranderd verwijzer verwijzing verwijzen
    verwijden verwijding verbetering vertaal vertaald viertal voertaal voorschot bewaar bewaard bewaren handelingen
    behandelingen bestanden scholing scholen schoren schorten inclusief interpreteren wettig geschort verzuild
    verruimd basisvorm beschikken beschikbaar herschikking balkans bilans ondersteuningspunt ondersteuningsvlak
    samenlevingsverband leerdicht leenplicht hoogbetaald hardnekkig
    """
)
"""Ordinary words that look like a term with a typing error in it."""

ORDINARY_TERMS = _words("zin mee pro add ass duo zat neo halt tos balans indigo")
"""Names of terms that are also ordinary words; so are all names of one or two letters."""

ASKS_MEANING = _words(
    """
    betekent betekenen betekend beteken betekenis uitleg uitleggen begrip term definitie afkorting afkortingen
    afgekort woord woordje letters
    """
)
"""Words that ask what another word means."""

VAGUE = _words(
    """
    verschil betekenis doel rol functie taak taken uitleg inhoud bedoeling ding dingen dingetje soort wet
    organisatie afkorting afkortingen woord woorden woordje term termen begrip begrippen letters eigenlijk precies
    alweer ouderwets
    """
)
"""Words that stand where the word asked about may stand, but are not it."""

SMALL = ARTICLES | _words(
    """
    wat is zijn was waren betekent betekenen betekend beteken bedoelen bedoelt bedoeld bedoel bedoelde bedoelden
    doet houdt houd in inhoudt ze zij hij je jij u we wij ik men er nou nu ook zo nog dan toch eigenlijk precies
    alweer weer van met voor bij over aan op om te en of wordt worden zeggen wil willen kan kunt school juf meester
    iemand mij me mijn ons onze uw ofzo zoiets heet staat waar heten dus steeds echt
    """
)
"""Words that are never the word asked about."""
