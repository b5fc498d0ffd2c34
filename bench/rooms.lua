-- wrk's requests: open rooms in turn, each with its own session, asking whether anything changed. From a file.
local clients = {}
for line in io.lines(os.getenv("CLIENTS")) do
  local cookie, path, tag = line:match("^(.-)\t(.-)\t(.-)$")
  clients[#clients + 1] = { cookie = cookie, path = path, tag = tag }
end

local thread, number, counter = 0, 0, 0
function setup(each) each:set("id", counter); counter = counter + 1 end
function init() thread = id end

function request()
  number = number + 1
  local client = clients[(number * 2 + thread) % #clients + 1]
  return wrk.format("GET", client.path, { ["Cookie"] = client.cookie, ["If-None-Match"] = client.tag })
end

local other = {}
function response(status) if status ~= 304 and not other[status] then other[status] = true; print("status " .. status) end end

function done(summary, latency)
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
