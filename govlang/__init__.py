"""govlang"""
