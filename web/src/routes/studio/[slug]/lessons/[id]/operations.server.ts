import { graphql } from '$lib/api/graphql';

export const LessonEditor = graphql(`
  query LessonEditor($id: ID!, $locale: String!) {
    viewer {
      id
    }
    lesson(id: $id) {
      id
      kind
      title
      revision
      estimatedMinutes
      translation(locale: $locale) {
        title
        markdown
        body
        bodyHtml
      }
      version {
        id
        publishedAt
        defaultLocale
        locales
        title
        course {
          id
          slug
        }
        modules {
          lessons {
            id
            title
          }
        }
      }
    }
  }
`);

/** What a translation is made from, and whether it is another text by now. */
export const LessonSource = graphql(`
  query LessonSource($id: ID!, $versionId: ID!, $source: String!, $locale: String!) {
    lesson(id: $id) {
      translation(locale: $source) {
        title
        bodyHtml
      }
      questions(locale: $source) {
        key
        promptHtml
        options {
          key
          text
        }
      }
      translated: questions(locale: $locale) {
        key
        promptHtml
        options {
          key
          text
        }
      }
    }
    courseVersion(id: $versionId) {
      translations {
        locale
        lessons {
          state
          lesson {
            id
          }
        }
      }
    }
  }
`);

export const TextPreview = graphql(`
  query TextPreview($markdown: String!) {
    markdownPreview(markdown: $markdown) {
      html
      problems {
        line
        severity
        code
      }
    }
  }
`);

export const LessonSave = graphql(`
  mutation LessonSave($input: LessonUpdateInput!) {
    lessonUpdate(input: $input) {
      lesson {
        revision
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const LessonMeanwhile = graphql(`
  query LessonMeanwhile($id: ID!, $locale: String!, $title: String!, $body: JSONObject) {
    lesson(id: $id) {
      kind
      revision
      estimatedMinutes
      translation(locale: $locale) {
        title
        body
      }
      history(locale: $locale, first: 1) {
        nodes {
          bodyHtml
          savedAt
          savedBy {
            name
          }
        }
      }
      changesTo(locale: $locale, title: $title, body: $body) {
        wordsInserted
        wordsDeleted
        title {
          change
          text
        }
        blocks {
          change
          kind
          depth
          parts {
            change
            text
          }
        }
      }
    }
  }
`);
