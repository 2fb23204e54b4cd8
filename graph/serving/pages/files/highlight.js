"use strict";

// Colours for a query: pieces of text, each with the class it is painted in. Never fails, whatever is typed.

const words = new Set(
  (
    "a abs add all as asc ask avg base bind bnode bound by ceil clear coalesce concat construct contains copy count create " +
    "data datatype day default delete desc describe distinct drop encode_for_uri exists false filter floor from graph group " +
    "group_concat having hours if in insert into iri isblank isiri isliteral isnumeric isuri lang langmatches lcase limit " +
    "load max md5 min minus minutes month move named not now offset optional order prefix rand reduced regex replace round " +
    "sameterm sample seconds select separator service sha1 sha256 sha384 sha512 silent str strafter strbefore strdt strends " +
    "strlang strlen strstarts struuid substr sum timezone to true tz ucase undef union update uri using uuid values where " +
    "with year"
  ).split(" "),
);
const pieces = new RegExp(
  [
    /(?<address><[^<>"{}|^`\\\s]*>)/,
    /(?<comment>#[^\n]*)/,
    /(?<literal>"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?)/,
    /(?<variable>[?$][\p{L}\p{N}_]+)/,
    /(?<name>[\p{L}_]?[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_:.-]|%[0-9A-Fa-f]{2}|\\.)*)/,
    /(?<number>\b\d[\d.]*(?:[eE][+-]?\d+)?)/,
    /(?<word>[\p{L}_][\p{L}\p{N}_]*)/,
    /(?<rest>[^<#"'?$\p{L}\p{N}_:]+|[^])/,
  ]
    .map((part) => part.source)
    .join("|"),
  "gu",
);
const longestPainted = 20000;

function painted(text) {
  if (text.length > longestPainted) return [[text, ""]];
  const found = [];
  for (const { groups, 0: piece } of text.matchAll(pieces)) {
    let paint = "";
    if (groups.word !== undefined) paint = words.has(piece.toLowerCase()) ? "word" : "";
    else if (groups.name !== undefined) paint = "name-of";
    else if (groups.number !== undefined) paint = "literal";
    else paint = ["address", "comment", "literal", "variable"].find((name) => groups[name] !== undefined) || "";
    found.push([piece, paint]);
  }
  return found;
}

function paintInto(place, text) {
  const parts = painted(text).map(([piece, paint]) => {
    if (!paint) return piece;
    const span = document.createElement("span");
    span.className = paint;
    span.textContent = piece;
    return span;
  });
  // A last empty line counts in a text field, but not in the element under it.
  place.replaceChildren(...parts, "\n");
}
