"""The words that Redshift takes as names only in double quotes (its page of reserved words,
without those that its parser takes all the same)."""

_WORDS = """
aes128 aes256 all allowoverwrite analyse analyze and any as asc authorization az64 between
binary blanksasnull both bytedict case cast check collate column constraint create credentials
cross current_date current_time current_timestamp current_user current_user_id default
deferrable defrag delta delta32k desc disable distinct do else emptyasnull enable encrypt
encryption end except false for foreign freeze from full globaldict256 globaldict64k grant group
having identity ignore ilike in initially inner intersect into is isnull join leading left like
limit localtime localtimestamp lun luns lzo minus mostly16 mostly32 mostly8 natural new not
notnull null nulls off offset old on only open or order outer overlaps parallel partition
percent permissions pivot placing primary raw readratio recover references rejectlog resort
respect restore right select session_user similar snapshot some sysdate system table tag tdes
text255 text32k then to top trailing true truncatecolumns union unique unnest unpivot user using
verbose when where with without
"""
RESERVED = frozenset(_WORDS.split())
