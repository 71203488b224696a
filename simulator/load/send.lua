-- Sends text messages of about 300 bytes, each with a reference of its own, to the demo SMS channel.
-- The workspace of the demo settings is the default; WORKSPACE, CHANNEL and KEY name another one.
local workspace = os.getenv("WORKSPACE") or "0f4c2a9e-6b1d-4c3f-9a57-2d8e1b7c5a01"
local channel = os.getenv("CHANNEL") or "1a5d3b8f-7c2e-4d40-8b68-3e9f2c8d6b11"
local key = os.getenv("KEY") or "demo-access-key"
local threads = 0
local refused = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  sent = 0
  wrk.method = "POST"
  wrk.path = "/workspaces/" .. workspace .. "/channels/" .. channel .. "/messages"
  wrk.headers["Authorization"] = "AccessKey " .. key
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  sent = sent + 1
  local body = string.format(
    '{"receiver":{"contacts":[{"identifierKey":"phonenumber","identifierValue":"+3160%07d"}]},' ..
    '"body":{"type":"text","text":{"text":"Your parcel leaves the depot today and arrives tomorrow' ..
    ' between nine and eleven. Reply to this message to choose another day."}},' ..
    '"reference":"load-%d-%d","tags":["parcel"]}',
    sent % 1000, number, sent)
  return wrk.format(nil, nil, nil, body)
end

function done(summary, latency, requests)
  local seconds = summary.duration / 1000000
  io.write(string.format("%.0f sends per second accepted, %d answers that were no success\n",
    (summary.requests - summary.errors.status) / seconds, summary.errors.status))
end
