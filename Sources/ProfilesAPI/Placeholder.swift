import AsyncHTTPClient
import HTTPTypes
import NIOHTTP1

let placeholder = 0
