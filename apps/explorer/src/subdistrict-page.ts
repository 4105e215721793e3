/**
 * One subdistrict's page in one query, over all four services: who contacts it, what they owe this month, what they
 * heard last, what became of it, and who lives and works there.
 */
export const subdistrictPage = `query SubdistrictPage {
  viewer {
    places {
      organization {
        code
        name
        nameEn
        contacts(first: 5) {
          nodes {
            scheme
            contactors { cadre { name rank posts { title organization { name } } } }
            duties(first: 3, filter: { states: [DUE, FULFILLED, LATE] }) {
              nodes { activity state windowStart windowEnd fulfilledOn }
            }
            activities(first: 2) {
              nodes {
                kind
                heldAt
                summary
                demands {
                  text
                  disposition
                  case {
                    number
                    title
                    state
                    promiseDueAt
                    hopDueAt
                    household {
                      address
                      masked
                      head { name }
                      grid { code name teams { nodes { name participants(first: 2) { totalCount } } } }
                    }
                  }
                }
              }
            }
          }
        }
        cases(first: 3, filter: { open: true }, order: DUE) { totalCount nodes { number title state } }
        grids(first: 3) { totalCount nodes { code name leader { name } } }
      }
    }
  }
}`;
