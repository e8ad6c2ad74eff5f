"""Azerbaijani, Turkish and Ukrainian language data, as far as news in them is mixed in; lower case."""

STOP_WORDS = """
    bu bir və ki də da ilə üçün üzrə kimi lakin isə həm daha ən çox hər bütün olan olub olaraq edib edən deyib bildirib
    sonra əvvəl görə qədər onun onların ona onlar bunun buna hansı belə yaxud ve ile için gibi
    це цей ця ці що та й або але його її їх він вона воно вони від після щоб був була було були є
"""

DANGLING_HEADS = """
    o bildirib; o deyib; o qeyd; o əlavə; o vurğulayıb; o həmçinin; o söylədi; o dedi; o belirtti; onlar; onun; onların;
    bu; bunun; bunu; bundan; buna; bunlar;
    bundan əlavə; bununla yanaşı; bununla belə; bundan sonra; buna görə; bunun üçün; belə ki; eyni zamanda; həmçinin;
    lakin; amma; ancaq; qeyd edək ki; xatırladaq ki; xatırladaq; daha sonra; daha əvvəl; nəticədə; onun sözlərinə görə;
    onun sözlərinə; bildirilib ki; məlumata görə; məlumatda; həmin; digər; ayrıca; ancak; fakat; bunun üzerine;
    öte yandan; bu arada; daha önce; крім того; також; проте; однак; раніше; нагадаємо; водночас; при цьому;
    за його словами; за її словами; про це; отже; тому
"""
STANDING_HEADS = "bu il; bu ilin; bu gün; bu ay; bu həftə; bu yıl; bu hafta"
SUBJECT_PRONOUNS = "він вона воно вони"
OBLIQUE_PRONOUNS = "його її їх йому їй їм ним нею ними"
POINTING_WORDS = "цей ця це ці цього цієї цьому цим цих"
POINTING_EXCEPTIONS = "року рік тижня місяця"
SPEAKER_PRONOUNS = "mən biz mənim bizim bizi ben я ми мене нас наш наша наше наші"

# Letters of Azerbaijani and Turkish that English has not: a word with one of them is no English one.
LETTERS = "əğışçöü"
# Endings of nouns: one of each row is taken off, the last of the word first.
ENDINGS = (
    "dır dir dur dür",
    "ndan ndən nda ndə dan dən den da də de nın nin nun nün na nə nı ni nu nü ya yə",
    "sı si su sü",
    "ın in un ün ı i u ü",
    "lar lər ler",
)
