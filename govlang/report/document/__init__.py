"""Documents printed: the blocks of `tools.document` as HTML, Markdown, JSON, sheets, Word, PDF, or a whole site.

In: a `Document`, or blocks. Out: text or bytes. Each output escapes what it is given; none of them knows what an agreement is.
"""
