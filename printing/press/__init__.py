"""The press (印刷): a paper without its values is a plate, laid out once; a print sets the values into it.

``composing`` takes the values out of a template, ``platemaker`` lays out what is left (WeasyPrint, only there),
``platestore`` keeps plates, ``setting`` puts values into their places with HarfBuzz, ``document`` writes the PDF.
"""
