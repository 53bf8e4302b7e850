-- one channel: everything is sold in stores
select
    'store' as channel_id,
    'Store' as name,
    'store' as channel_type,
