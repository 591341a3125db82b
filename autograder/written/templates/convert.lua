-- Runs in pandoc's own interpreter. Reads a job a line as JSON, and answers with a line of JSON.
--
-- A job has `cells`, each with `text` (markdown in which the formulas are marked) and `formulas` (their sources, for
-- marks that turn out to be in code), and `formulas`, each with `spellings` of one TeX formula and `display`. The answer has for each cell
-- `typst` and `images` (what its pictures are called), and for each formula its Typst; `false` where there is none.
-- Nothing here opens a file: readers get an empty list of files that they may see.

local MARKDOWN = 'commonmark+pipe_tables+strikeout+task_lists+raw_html+autolink_bare_uris+footnotes'
local MARK = '\u{e000}(%d+)\u{e001}'
local NO_FILES = {}

-- Elements of HTML that Jupyter shows as such. Anything else in angle brackets is shown as it was typed.
local ELEMENTS = {}
for name in ([[a abbr address article aside audio b bdi bdo big blockquote br button caption center cite code col
  colgroup data dd del details dfn div dl dt em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 header hr
  i iframe img input ins kbd label legend li link main mark menu meta meter nav object ol optgroup option output p
  picture pre progress q rp rt ruby s samp script section select small source span strike strong style sub summary sup
  svg table tbody td template textarea tfoot th thead time title tr track tt u ul var video wbr]]):gmatch('%S+') do
  ELEMENTS[name] = true
end

local function marked_source(text, formulas)
  return (text:gsub(MARK, function(number) return formulas[tonumber(number) + 1] or '' end))
end

-- A text whose long words can be broken. Counted are bytes that begin a character.
local function broken(text)
  if not text:find('%S' .. ('%S'):rep(39)) then return text end
  local parts, count = {}, 0
  for char in text:gmatch('[%z\1-\127\194-\244][\128-\191]*') do
    count = char:find('^%s') and 0 or count + 1
    table.insert(parts, char)
    if count == 40 then
      table.insert(parts, '\u{200b}')
      count = 0
    end
  end
  return table.concat(parts)
end

local function known(raw)
  local name = raw:match('^<!%-%-') and '!' or raw:match('^</?%s*([%a][%w]*)')
  return name == '!' or (name ~= nil and ELEMENTS[name:lower()] == true)
end

-- The marks of formulas become calls, and everything that could name a label or a file goes.
local function filter(formulas, images)
  local function source(text) return marked_source(text, formulas) end
  return {
    Str = function(str)
      if not str.text:find('\u{e000}', 1, true) then
        local text = broken(str.text)
        return text ~= str.text and pandoc.Str(text) or nil
      end
      local found, start = {}, 1
      for from, number, to in str.text:gmatch('()' .. MARK .. '()') do
        if from > start then table.insert(found, pandoc.Str(broken(str.text:sub(start, from - 1)))) end
        table.insert(found, pandoc.RawInline('typst', '#m(' .. number .. ');'))
        start = to
      end
      if start <= #str.text then table.insert(found, pandoc.Str(broken(str.text:sub(start)))) end
      return found
    end,
    Image = function(image)
      table.insert(images, source(image.src))
      return pandoc.RawInline('typst', '#p(' .. (#images - 1) .. ');')
    end,
    Code = function(code) return pandoc.Code(broken(source(code.text))) end,
    CodeBlock = function(code)
      local language = code.classes[1]
      if language == 'sourceCode' then language = code.classes[2] end
      return pandoc.CodeBlock(broken(source(code.text)), pandoc.Attr('', language and {(language:gsub('[^%w]', ''))} or {}))
    end,
    Link = function(link)
      local target = source(link.target)
      if target:match('^https?://') or target:match('^mailto:') then
        return pandoc.Link(link.content, target)
      end
      return link.content
    end,
    Header = function(header) return pandoc.Header(header.level, header.content) end,
    Div = function(div) return div.content end,
    Span = function(span) return span.content end,
    Math = function(math) return pandoc.Str(broken(math.text)) end,
    RawInline = function(raw) return raw.format ~= 'typst' and pandoc.Str(broken(source(raw.text))) or nil end,
    RawBlock = function(raw) return pandoc.CodeBlock(broken(source(raw.text))) end,
    Figure = function(figure) return figure.content end,
  }
end

local function literal(raw)
  if raw.format ~= 'html' or known(raw.text) then return nil end
  return pandoc.Str(raw.text)
end

local function has_html(document)
  local found = false
  local function see() found = true end
  document:walk{RawInline = see, RawBlock = see}
  return found
end

local function converted(cell)
  local images = {}
  local document = pandoc.read(cell.text .. '\n', MARKDOWN, {}, NO_FILES)
  document = document:walk{RawInline = literal}
  if has_html(document) then
    -- As a browser does: tags that markdown passes on are read together with what stands between them.
    document = document:walk{CodeBlock = function(code) return pandoc.CodeBlock(code.text) end}
    local html = pandoc.write(document, 'html', {wrap_text = 'none'})
    document = pandoc.read(html, 'html', {}, NO_FILES)
  end
  document = pandoc.Pandoc(document:walk(filter(cell.formulas, images)).blocks)
  return {typst = pandoc.write(document, 'typst', {wrap_text = 'none'}), images = images}
end

-- What has been converted already, by how it is set and what it says: students write the same formulas.
local seen, seen_count, MOST_SEEN = {}, 0, 20000

local function kind_of(one) return one.display and 'DisplayMath' or 'InlineMath' end

local function name_of(one) return kind_of(one) .. table.concat(one.spellings, '\0') end

local function remember(one, typst)
  if seen_count >= MOST_SEEN then seen, seen_count = {}, 0 end
  if seen[name_of(one)] == nil then seen_count = seen_count + 1 end
  seen[name_of(one)] = typst
end

local function alone(one)
  for _, tex in ipairs(one.spellings) do
    local document = pandoc.Pandoc{pandoc.Plain{pandoc.Math(kind_of(one), tex)}}
    local math = pandoc.write(document, 'typst', {wrap_text = 'none'}):match('^(%$.*%$)')
    if math then return math end
  end
  return false
end

-- All formulas that are new are written at once, with a mark in front of each. Those that pandoc does not know come out
-- as text, and are tried in their other spellings.
local function together(formulas)
  local blocks, new = {}, {}
  for number, one in ipairs(formulas) do
    if seen[name_of(one)] == nil then
      new[number] = one
      table.insert(blocks, pandoc.RawBlock('typst', '\u{e003}' .. number .. '\u{e004}'))
      table.insert(blocks, pandoc.Plain{pandoc.Math(kind_of(one), one.spellings[1])})
      table.insert(blocks, pandoc.RawBlock('typst', '\u{e005}'))
    end
  end
  local text = #blocks > 0 and pandoc.write(pandoc.Pandoc(blocks), 'typst', {wrap_text = 'none'}) or ''
  for number, body in text:gmatch('\u{e003}(%d+)\u{e004}(.-)\u{e005}') do
    local one = new[tonumber(number)]
    if one then remember(one, body:match('^%s*(%$.*%$)%s*$') or alone(one)) end
  end
end

local function tried(what, argument)
  local good, answer = pcall(what, argument)
  return good and answer or false
end

for line in io.lines() do
  local job = pandoc.json.decode(line, false)
  local answer = {cells = pandoc.List{}, formulas = pandoc.List{}}
  for number, cell in ipairs(job.cells) do answer.cells[number] = tried(converted, cell) end
  pcall(together, job.formulas)
  for number, one in ipairs(job.formulas) do
    if seen[name_of(one)] == nil then remember(one, tried(alone, one)) end
    answer.formulas[number] = seen[name_of(one)]
  end
  io.write(pandoc.json.encode(answer), '\n')
  io.flush()
end
