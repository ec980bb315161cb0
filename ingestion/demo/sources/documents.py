"""Which document of a person a source holds, and how it calls the kind."""

import random

from ingestion.demo.world.person import Person

PROPERTY_KINDS = {
    "111": "身份证",
    "414": "护照",
    "516": "港澳居民来往内地通行证",
    "511": "台湾居民来往大陆通行证",
    "550": "港澳台居民居住证",
    "553": "外国人永久居留身份证",
    "990": "其他",
}


def held(rng: random.Random, person: Person, second_share: float) -> tuple[str, str]:
    """Kind (police code) and number of the document that a source holds: at the given share the person's second one."""
    if person.second_number and rng.random() < second_share:
        return person.second_kind, person.second_number
    return person.id_kind, person.id_number
