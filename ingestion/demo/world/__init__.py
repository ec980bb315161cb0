"""Who and what there really is on the street: places, people, documents. Sources and dirt come after."""
