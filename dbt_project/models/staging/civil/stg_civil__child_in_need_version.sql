{{ retold_versions(source('civil', 'children_in_need'), ref('stg_civil__child_in_need'), ['category']) }}
