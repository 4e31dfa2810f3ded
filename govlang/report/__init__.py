"""Answers and messages in the forms that people and programs read: text, JSON, SARIF, GitHub notes, JUnit."""
