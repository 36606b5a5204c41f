/** Node forgets its cached zone when TZ is assigned. */
process.env.TZ = 'Pacific/Auckland';
