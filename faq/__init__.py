"""What we say: the FAQ's answers in both languages, their facts, and the checks that keep them true."""

from faq.faults import ContentError, Fault
from faq.loader import CONTENT_ROOT, load_content
from faq.model import LANGUAGES, OPERATIONS, Answer, Content, Entry, Fact, Page, PageText, Section, Text
from faq.store import ContentStore

__all__ = [
    "CONTENT_ROOT",
    "LANGUAGES",
    "OPERATIONS",
    "Answer",
    "Content",
    "ContentError",
    "ContentStore",
    "Entry",
    "Fact",
    "Fault",
    "Page",
    "PageText",
    "Section",
    "Text",
    "load_content",
]
