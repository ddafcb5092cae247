// The corpus of the demo: documents, their terms, and the links between them.
#ifndef CORPUS_HPP
#define CORPUS_HPP

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

struct corpus {
  std::vector<std::string> heads;        // headword of each document
  std::size_t n_terms = 0;               // size of the vocabulary
  std::vector<std::int64_t> doc, term;   // term[t] stands in document doc[t]; repeated as in the text
  std::vector<std::pair<std::int64_t, std::int64_t>> links;  // cross-references, ascending

  // The document with this headword, or -1.
  std::int64_t find(const std::string &head) const {
    auto at = std::find(heads.begin(), heads.end(), head);
    return at == heads.end() ? -1 : at - heads.begin();
  }
  // Whether either document refers to the other.
  bool linked(std::int64_t a, std::int64_t b) const { return refers(a, b) || refers(b, a); }

 private:
  bool refers(std::int64_t a, std::int64_t b) const {
    auto from = std::lower_bound(links.begin(), links.end(), std::pair{a, std::int64_t{-1}});
    for (; from != links.end() && from->first == a; ++from)
      if (from->second == b) return true;
    return false;
  }
};

inline std::string lower(std::string s) {
  for (char &c : s)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return s;
}

// The lower-cased runs of ASCII letters of a text.
inline std::vector<std::string> words(const std::string &text) {
  std::vector<std::string> found(1);
  for (char c : lower(text)) {
    if (c >= 'a' && c <= 'z') found.back() += c;
    else if (!found.back().empty()) found.emplace_back();
  }
  if (found.back().empty()) found.pop_back();
  return found;
}

// Reads `head <tab> text` lines. Terms are words of at least three letters that are no stop words and stand in
// at least two and at most a tenth of the documents, numbered alphabetically. A link is a {headword} in braces.
inline corpus read_corpus(const std::string &documents, const std::string &stopwords) {
  std::ifstream text(documents), stop_text(stopwords);
  if (!text || !stop_text) throw std::runtime_error("cannot read " + documents + " or " + stopwords);
  std::set<std::string> stop;
  for (std::string w; stop_text >> w;) stop.insert(w);

  corpus c;
  std::vector<std::string> bodies;
  std::vector<std::vector<std::string>> tokens;
  std::map<std::string, std::int64_t> df;
  std::unordered_map<std::string, std::int64_t> number, heads;
  for (std::string line; std::getline(text, line);) {
    auto tab = line.find('\t');
    if (tab == std::string::npos) throw std::runtime_error(documents + ": a line has no tab");
    auto kept = words(line);
    kept.erase(std::remove_if(kept.begin(), kept.end(), [&](const auto &w) { return w.size() < 3 || stop.count(w); }), kept.end());
    for (const auto &w : std::set<std::string>(kept.begin(), kept.end())) df[w]++;
    heads[lower(line.substr(0, tab))] = static_cast<std::int64_t>(c.heads.size());
    c.heads.push_back(line.substr(0, tab));
    bodies.push_back(line.substr(tab + 1));
    tokens.push_back(std::move(kept));
  }
  for (const auto &[w, n] : df)  // a map is in alphabetical order
    if (n >= 2 && n * 10 <= static_cast<std::int64_t>(c.heads.size())) number[w] = static_cast<std::int64_t>(c.n_terms++);
  for (std::size_t d = 0; d < c.heads.size(); d++) {
    for (const auto &w : tokens[d])
      if (auto k = number.find(w); k != number.end()) {
        c.doc.push_back(static_cast<std::int64_t>(d));
        c.term.push_back(k->second);
      }
    const std::string &body = bodies[d];
    for (auto open = body.find('{'); open != std::string::npos; open = body.find('{', open)) {
      auto begin = body.find_first_not_of(' ', open + 1);
      if (begin == std::string::npos) break;
      auto close = body.find('}', begin);
      auto to = heads.find(lower(body.substr(begin, close == std::string::npos ? close : close - begin)));
      if (to != heads.end() && to->second != static_cast<std::int64_t>(d)) c.links.emplace_back(d, to->second);
      if (close == std::string::npos) break;
      open = close;
    }
  }
  return c;
}

#endif
