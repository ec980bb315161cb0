select
    resident_id,
    id_token,
    phone_token
from {{ source('identity', 'token') }}
