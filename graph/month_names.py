"""The names of months in languages that dates are written in (Unicode CLDR)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

MONTH_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        language: tuple(months.split())
        for language, months in {
            "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
            "cs": "leden únor březen duben květen červen červenec srpen září říjen listopad prosinec",
            "da": "januar februar marts april maj juni juli august september oktober november december",
            "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "en": "January February March April May June July August September October November December",
            "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "fi": "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu marraskuu "
            "joulukuu",
            "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
            "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "nb": "januar februar mars april mai juni juli august september oktober november desember",
            "nl": "januari februari maart april mei juni juli augustus september oktober november december",
            "pl": "styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień",
            "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "ru": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "sv": "januari februari mars april maj juni juli augusti september oktober november december",
            "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",  # noqa: RUF001 - the letter is Turkish
            "uk": "січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень",
        }.items()
    }
)
"""The names of months by the code of a language, as they stand before a year (Unicode CLDR, form "LLLL")."""

_AFTER_A_DAY = (
    "ledna února března dubna května června července srpna září října listopadu prosince",
    " ".join(f"{name}ta" for name in MONTH_NAMES["fi"]),
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
)
"""Names that have another form after a day (form "MMMM")."""

MONTH_NUMBERS: Mapping[str, int] = MappingProxyType(
    {
        name.casefold(): number
        for names in (*MONTH_NAMES.values(), *(names.split() for names in _AFTER_A_DAY))
        for number, name in enumerate(names, 1)
    }
)
"""The number of each month by its name in any of the languages, case-folded; no name stands for two months."""
