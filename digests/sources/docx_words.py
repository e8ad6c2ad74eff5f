"""The names of styles in documents of Russian programs and templates."""

STYLES = """
p[style-name='Название'] => h1:fresh
p[style-name='Заголовок'] => h1:fresh
p[style-name='Заголовок 1'] => h1:fresh
p[style-name='Заголовок 2'] => h2:fresh
p[style-name='Заголовок 3'] => h3:fresh
p[style-name='Заголовок 4'] => h4:fresh
p[style-name='Подзаголовок'] => h2:fresh
p[style-name='Цитата'] => blockquote > p:fresh
p[style-name='Выделенная цитата'] => blockquote > p:fresh
"""
