-- wrk's requests: each one a report no other resembles, through the page's own form. Cookies come from a file.
local clients = {}
for line in io.lines(os.getenv("CLIENTS")) do
  local cookie, token = line:match("^(.-)\t(.-)$")
  clients[#clients + 1] = { cookie = cookie, token = token }
end

local thread, number, counter = 0, 0, 0
function setup(each) each:set("id", counter); counter = counter + 1 end
function init() thread = id end

local function word(n) -- a name of letters only, different for every number
  local letters = {}
  for _ = 1, 7 do letters[#letters + 1] = string.char(97 + n % 26); n = math.floor(n / 26) end
  return table.concat(letters)
end

-- A browser sends what was left open, too.
local unanswered = ""
for name in ("document_kind document_issuer document_number document_until family given permit_kind permit_index "
  .. "permit_number permit_until visa_until purpose employer job work_area rptka_from rptka_until guarantor_status "
  .. "guarantor parent"):gmatch("%S+") do unanswered = unanswered .. "&" .. name .. "=" end

local run = tonumber(os.getenv("RUN"))
function request()
  number = number + 1
  local client = clients[(number * 2 + thread) % tonumber(os.getenv("COUNT")) + 1]
  local unique = (number * 2 + thread) * 8 + run
  local body = "csrfmiddlewaretoken=" .. client.token
    .. string.format("&sent_id=%08x-0000-4000-8000-%012x", run, unique)
    .. "&kind=present&names=" .. word(unique * 7919 % 8031810176) .. "+" .. word(unique)
    .. "&nationality=TWN&sex=F&birth_date_day=3&birth_date_month=5&birth_date_year="
    .. (1950 + unique % 50) .. "&address=RT+01%2FRW+02&event_on=" .. unanswered
  return wrk.format("POST", nil, { ["Cookie"] = client.cookie, ["Origin"] = os.getenv("ORIGIN"),
    ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end

local other = {}
function response(status) if status ~= tonumber(os.getenv("EXPECT")) then other[status] = true; print("status " .. status) end end

function done(summary, latency)
  io.write(string.format('{"requests": %d, "seconds": %f, "p50": %f, "p99": %f}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
