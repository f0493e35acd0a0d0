-- For wrk: sends the requests in a file in turn, which NUL separates, and prints what came of them as JSON.
local requests, n = {}, 0

function init(args)
  for request in io.open(args[1], 'rb'):read('*a'):gmatch('%Z+') do table.insert(requests, request) end
end

function request()
  n = n % #requests + 1
  return requests[n]
end

function done(summary, latency)
  local failed = 0
  for _, count in pairs(summary.errors) do failed = failed + count end
  local rate, p99 = summary.requests / summary.duration * 1e6, latency:percentile(99) / 1000
  print(string.format('{"rate":%f,"p99":%f,"failed":%d}', rate, p99, failed))
end
