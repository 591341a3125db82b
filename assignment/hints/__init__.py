"""Likely causes of wrong answers: mistaken models, each with the words for it. They are for messages, never for marks.

A hint is looked for when a case has failed, by what each mistake would have given. See ``hint``.
"""
