"""Tracking parameters of addresses, which do not affect the page shown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from urllib.parse import unquote

_EVERYWHERE = frozenset(
    # advertising and search
    "fbclid gclid gclsrc dclid gbraid wbraid gad_source gad_campaignid srsltid msclkid yclid ysclid ymclid twclid "
    "ttclid li_fat_id rdt_cid epik sccid s_kwcid ef_id wickedid rb_clickid _openstat ga_source ga_medium "
    "ga_campaign ga_content ga_term _ga _gl "
    # newsletters and campaigns
    "mc_cid mc_eid mc_tc mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking hss_channel ml_subscriber "
    "ml_subscriber_hash vero_id vero_conv oly_enc_id oly_anon_id _ke _kx __s elqtrackid elqtrack elqaid elqat "
    "elqcampaignid pk_campaign pk_kwd pk_keyword pk_source pk_medium pk_content pk_cid wt.mc_id wt.mc_ev wt_mc "
    # publishers
    "ocid cmp cmpid icid ncid s_cid sc_cid smid smtyp mbid cndid xtor ito ftag spm guccounter guce_referrer "
    "guce_referrer_sig ns_campaign ns_mchannel ns_source ns_linkname ns_fee at_medium at_campaign at_link_id "
    "at_link_type at_link_origin at_format at_bbc_team at_ptr_name at_custom1 at_custom2 at_custom3 at_custom4 "
    "sr_share soc_src soc_trk "
    # social networks
    "igshid igsh mibextid trk trkinfo lipi ref_src ref_url __twitter_impression _branch_match_id _branch_referrer "
    "fb_action_ids fb_action_types fb_ref fb_source "
    # caches and viewers of AMP
    "usqp amp_js_v amp_gsa "
    # Substack, on any domain
    "triedredirect isfreemail showwelcomeonshare".split()
)
_FAMILIES = ("utm_", "itm_", "hsa_", "mtm_", "matomo_", "piwik_")

_SUBSTACK = frozenset("r s token publication_id post_id action embedded showcomments showwelcome sd inf".split())
_SUBSTACK_ALONE = frozenset({"triedredirect", "isfreemail", "showwelcomeonshare"})
_MEDIUM = frozenset("source sk gi".split())
_MEDIUM_PATH = re.compile(r"-[0-9a-f]{10,12}/*$")
_TWITTER = frozenset({"s", "t"})
_ON_SITES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "forbes.com": frozenset({"sh"}),
        "linkedin.com": frozenset({"trackingid", "refid", "licu", "originalsubdomain"}),
        "medium.com": _MEDIUM | {"responsesopen", "sortby", "postpublishedtype"},
        "reddit.com": frozenset({"share_id", "rdt"}),
        "spotify.com": frozenset({"si"}),
        "twitter.com": _TWITTER,
        "x.com": _TWITTER,
        "youtube.com": frozenset({"si", "feature", "pp", "ab_channel", "app"}),
        "youtu.be": frozenset({"si", "feature", "pp", "ab_channel", "app"}),
    }
)
"""Parameters that are for tracking on some sites only."""


def without_tracking(query: str, host: str, path: str) -> list[str]:
    """Return the parameters of a query, in order, without tracking; `host` and `path` are those of the address.

    Many parameters of Substack and Medium mean something else elsewhere. On other domains they are removed only if the
    address must be theirs: by a parameter that only Substack uses, or a path that ends in the post number of Medium.
    """
    parts = [part for part in query.split("&") if part]
    names = [_name_of(part) for part in parts]
    own = _on_site(host.lower().partition(":")[0].removesuffix("."), path, names)
    return [
        part
        for part, name in zip(parts, names, strict=True)
        if name not in _EVERYWHERE and name not in own and not name.startswith(_FAMILIES)
    ]


def _name_of(parameter: str) -> str:
    name = parameter.partition("=")[0]
    return (unquote(name) if "%" in name else name).lower().removeprefix("amp;")


def _on_site(host: str, path: str, names: list[str]) -> frozenset[str]:
    """Return the tracking parameters of one site."""
    domain = ".".join(host.split(".")[-2:])
    if domain == "substack.com":
        return _SUBSTACK if host not in {domain, "www." + domain} else frozenset({"r"})
    if domain in _ON_SITES:
        return _ON_SITES[domain]
    if not _SUBSTACK_ALONE.isdisjoint(names):
        return _SUBSTACK
    return _MEDIUM if _MEDIUM_PATH.search(path) else frozenset()
