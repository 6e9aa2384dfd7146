"""The layers: one spaCy component a module, each reading and writing the Doc.

Modules here are imported whenever anybody on the machine loads a spaCy pipeline (entry points), so at
import they need spaCy and the standard library only.
"""
