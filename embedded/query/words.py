"""Redshift's reserved words, and where each of them may stand after all."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


RESERVED = words(
    """
    aes128 aes256 all allowoverwrite analyse analyze and any array as asc authorization az64
    between binary blanksasnull both bytedict case cast check collate column constraint create
    credentials cross current_date current_time current_timestamp current_user current_user_id
    default deferrable defrag delta delta32k desc disable distinct do else emptyasnull enable
    encrypt encryption end except false for foreign freeze from full globaldict256 globaldict64k
    grant group having identity ignore ilike in initially inner intersect into is isnull join
    leading left like limit localtime localtimestamp lun luns lzo minus mostly16 mostly32
    mostly8 natural new not notnull null nulls off offset old on only open or order outer
    overlaps parallel partition percent permissions pivot placing primary raw readratio recover
    references rejectlog resort respect restore right select session_user similar snapshot some
    sysdate system table tag tdes text255 text32k then timestamp to top trailing true
    truncatecolumns union unique unnest unpivot user using verbose when where with without
    """
)

# Reserved words that may name a column where only a name can stand.
COLUMN_WORDS = words("array timestamp")

# Words that cannot be an alias without AS, although they are not reserved.
NOT_AN_ALIAS = words("qualify start connect set values over within returning window")

# Reserved words that are also functions.
FUNCTION_WORDS = words("left right cast convert array")
NILADIC = words(
    "sysdate current_date current_time current_timestamp current_user current_user_id localtime"
    " localtimestamp session_user user"
)

# Names that PostgreSQL gives to hidden columns of every table: Redshift users cannot have them.
HIDDEN_COLUMNS = words("oid tableoid xmin cmin xmax cmax ctid")
