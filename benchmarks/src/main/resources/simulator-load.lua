-- Loads one path. Sends carry a body of about 300 bytes, each with a reference of its own.
local method = os.getenv("LOAD_METHOD")
local target = os.getenv("LOAD_PATH")
local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  sent = 0
  wrk.headers["Authorization"] = os.getenv("LOAD_AUTHORIZATION")
  wrk.headers["Content-Type"] = "application/json"
  constant = method == "GET" and wrk.format("GET", target) or nil
end

function request()
  if constant then
    return constant
  end
  sent = sent + 1
  return wrk.format(method, target, nil, string.format(
    '{"receiver":{"contacts":[{"identifierKey":"phonenumber","identifierValue":"+3160%07d"}]},' ..
    '"body":{"type":"text","text":{"text":"Your parcel leaves the depot today and arrives tomorrow' ..
    ' between nine and eleven. Reply to this message to choose another day."}},' ..
    '"reference":"load-%d-%d","tags":["parcel"]}',
    sent % 1000, number, sent))
end
