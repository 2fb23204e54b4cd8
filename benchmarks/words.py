"""The words that generated articles are made of."""

from __future__ import annotations

__all__ = ["SYLLABLES", "TOPICS", "WORDS", "WORDS_IN_TEXT"]

WORDS = """
    access account agent agreement alert analysis analyst answer application approach archive area audience audit
    author balance bank basis board branch bridge brief budget builder business cable calendar capacity career carrier
    case center change channel chart choice city class client climate cloud code colleague company concept contract
    control corner cost council country course cover credit culture customer cycle daily data deal debate decade
    decision delay delivery demand design desk detail developer device digital direct district document domain draft
    early economy edge editor effort energy engine engineer enterprise event example exchange expert export factory
    fair field figure file final finance firm first forecast forum frame future global goal grant green ground group
    growth guide harbor health history home hospital hour house idea image impact index industry insight island issue
    journal key labor lab language launch law leader lesson letter level library light limit line list local machine
    maker manager map market material measure media member memory message method migration minister mission mobile
    model modern month morning motor museum nation network new night north note notice number office open option order
    origin outlook owner page panel paper park partner path patient pattern people pilot place plan planet plant
    platform player point policy port power practice press price private process product program progress project
    proposal public quality quarter question quick radio range rate reader reason record region release report request
    research resource response result review river road role room route rule safety sample scale school science
    screen search season sector security senior service session share shift shop signal site skill small smart social
    software source space speed stage standard start state station storage store story strategy stream street student
    study summer supply support survey system table talk target task teacher team technology term test theme time
    tool topic tour tower town track trade traffic training transfer transport travel trend trial trust union update
    upgrade user value vendor version video view village vision visit voice volume vote warning water way week weekly
    west window winner winter wireless women word worker workshop world writer year young zone
""".split()
"""What titles are made of: lower-case ASCII."""

WORDS_IN_TEXT = (
    WORDS
    + """
    about across after again against along among and and and around as at because before behind below between beyond but
    by by down during each every few for for for from from in in in in into is it’s its more most near next no not of of
    of of of off on on on once only or other over our out own per since so than that that the the the the the the the
    the their them then there these this those through to to to to to today’s toward under until up upon was we were
    what when where which while who why will with with with within without you your – – “smart” “open” “edge” São-Paulo
    Zürich Kraków naïve café €5 100% R&D A/B 24/7 #1
    """.split()
)
"""What summaries are made of: small words often, and the punctuation of real ones."""

SYLLABLES = """
    al an ar bel bo ca cor da del den do el en fa fer ga go ha in ka la len li lo ma mer mo na nor o pa per po ra ren ri
    ro sa sel so ta ten ti to u va ver vi vo wa wel za zen
    """.split()
"""What publishers are called after."""

TOPICS = """
    Cloud Databases Analytics AI Security Storage IoT DevOps Migration Compute Containers Management-tools Integration
    Networking Developer-tools Serverless Identity Web Mobile Blockchain
    """.split()
"""The taxonomy: the site's own subject first, then the most common first; `-` stands for a space."""
